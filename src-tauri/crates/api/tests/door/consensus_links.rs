//! Links between conflicts are carried over into the consensus.

use serde_json::{Value, json};

use crate::consensus::{act, item, items, look, opened, settle};
use crate::program::{id, session};

#[test]
fn links_are_carried_over_once_both_ends_are_settled_also_over_sessions() {
    let (mut program, study) = opened();
    // A rupture of the third session that was built from strains of the first two.
    let third = session(&study, "Ada · 3")["id"].clone();
    let view = look(&mut program, &third);
    let (built, member) = items(&view, "conflict")
        .into_iter()
        .find_map(|item| {
            let members = item["members"].as_array().unwrap();
            let linked = members.iter().find(|member| {
                member["conflict"]["built_from"]
                    .as_array()
                    .is_some_and(|links| !links.is_empty())
            })?;
            Some((item.clone(), linked.clone()))
        })
        .expect("the sample has a build-up");
    let links = member["conflict"]["built_from"].as_array().unwrap().len() as u64;
    let by = json!({ "kind": "take", "coding_id": member["coding_id"] });
    let view = settle(&mut program, &third, &built, by.clone());
    let settled = &item(&view, &built["id"])["settlement"];
    assert_eq!(
        (&settled["links_to_come"], &settled["conflict"]["built_from"]),
        (&json!(links), &json!([]))
    );

    // The sessions before are settled as the same rater has them.
    for label in ["Ada · 1", "Ada · 2", "Ada · 3"] {
        let session_id = session(&study, label)["id"].clone();
        let own = look(&mut program, &session_id)["originals"]
            .as_array()
            .unwrap()
            .iter()
            .find(|original| original["rater"] == member["rater"])
            .unwrap()["coding_id"]
            .clone();
        let request = json!({ "op": id(), "session_id": session_id, "coding_id": own });
        let view = program.call("consensus_settle_rest", request);
        assert_eq!(view["settled"], json!(view["items"].as_array().unwrap().len()));
    }
    let view = look(&mut program, &third);
    let settled = &item(&view, &built["id"])["settlement"];
    assert_eq!(settled["links_to_come"], 0);
    assert_eq!(
        settled["conflict"]["built_from"].as_array().unwrap().len() as u64,
        links
    );
    let report = program.call("classify", json!({ "purpose": "consensus", "case": "Ada" }));
    let known: Vec<&Value> = report["codings"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|coding| coding["conflicts"].as_array().unwrap())
        .map(|conflict| &conflict["id"])
        .collect();
    for link in settled["conflict"]["built_from"].as_array().unwrap() {
        assert!(known.contains(&link), "links name conflicts of the consensus");
    }

    // Repairs answer the consensus's conflicts; one that is settled as nothing is answered no more.
    let answers = |view: &Value| -> Vec<Value> {
        let settled = items(view, "marker")
            .into_iter()
            .map(|item| &item["settlement"]["markers"][0]);
        settled
            .filter_map(|marker| marker["answers"].as_array())
            .flatten()
            .cloned()
            .collect()
    };
    let answered = answers(&view)
        .into_iter()
        .find(|id| {
            items(&view, "conflict")
                .iter()
                .any(|item| item["settlement"]["conflict"]["id"] == *id)
        })
        .expect("something of the session is answered");
    let gone = items(&view, "conflict")
        .into_iter()
        .find(|item| item["settlement"]["conflict"]["id"] == answered)
        .unwrap()
        .clone();
    let view = settle(&mut program, &third, &gone, json!({ "kind": "none" }));
    assert!(!answers(&view).contains(&answered));
    let view = program.call("consensus_undo", act(&third));
    assert!(answers(&view).contains(&answered));
}

/// A repair that answers a conflict of its session, whose it is, and that conflict's item.
fn repair(view: &Value) -> (Value, Value, Value) {
    let holds = |item: &Value, conflict: &Value| {
        let members = item["members"].as_array().unwrap();
        members.iter().any(|member| member["conflict"]["id"] == *conflict)
    };
    items(view, "marker")
        .into_iter()
        .find_map(|item| {
            let members = item["members"].as_array().unwrap();
            let (member, answered) = members.iter().find_map(|member| {
                let answers = member["markers"][0]["answers"].as_array()?;
                Some((member.clone(), answers.first()?.clone()))
            })?;
            let conflict = items(view, "conflict")
                .into_iter()
                .find(|item| holds(item, &answered))?;
            Some((item.clone(), member, conflict.clone()))
        })
        .unwrap()
}

#[test]
fn a_repair_settled_otherwise_keeps_what_it_answers() {
    let (mut program, study) = opened();
    let session_id = session(&study, "Ada · 2")["id"].clone();
    let view = look(&mut program, &session_id);
    let (repair, member, conflict) = repair(&view);
    let original = &member["markers"][0];
    let mut marker = json!({ "segment": original["segment"], "code": original["code"], "actor": original["actor"],
                             "depth": "underlying" });
    let from_original = json!({ "kind": "edit", "from": member["coding_id"], "markers": [marker.clone()] });
    let view = settle(&mut program, &session_id, &repair, from_original);
    let settled = |view: &Value| item(view, &repair["id"])["settlement"].clone();
    assert_eq!(settled(&view)["markers"][0]["depth"], "underlying");
    assert!(
        settled(&view)["links_to_come"].as_u64().unwrap() >= 1,
        "its conflict is not settled yet"
    );

    let by = json!({ "kind": "take", "coding_id": member["coding_id"] });
    let view = settle(&mut program, &session_id, &conflict, by);
    let there = item(&view, &conflict["id"])["settlement"]["conflict"]["id"].clone();
    let answers = |view: &Value| settled(view)["markers"][0]["answers"].as_array().unwrap().clone();
    assert!(
        answers(&view).contains(&there),
        "carried over once both ends are settled"
    );

    // Settled otherwise once more, from what is settled.
    marker["depth"] = json!("surface");
    let view = settle(
        &mut program,
        &session_id,
        &repair,
        json!({ "kind": "edit", "markers": [marker.clone()] }),
    );
    assert_eq!(settled(&view)["markers"][0]["depth"], "surface");
    assert!(answers(&view).contains(&there));

    // Who says that it answers nothing is believed.
    marker["answers"] = json!([]);
    let view = settle(
        &mut program,
        &session_id,
        &repair,
        json!({ "kind": "edit", "markers": [marker] }),
    );
    assert!(answers(&view).is_empty());
    assert_eq!(settled(&view)["links_to_come"], 0);
}
