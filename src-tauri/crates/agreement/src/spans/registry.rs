//! What each statistic of spans is: what it takes, assumes and means, and where it is from.

/// An entry of the registry, for help beside a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpanMeasure {
    /// As on the command line; `ku-alpha` is asked for as `ku-alpha:LABEL`.
    pub name: &'static str,
    pub title: &'static str,
    /// Whether it is of two raters, so that more give one result per pair.
    pub of_pairs: bool,
    /// Whether spans of one rater may overlap.
    pub overlap_allowed: bool,
    pub assumes: &'static str,
    pub formula: &'static str,
    pub source: &'static str,
    pub reading: &'static str,
    /// Why its values have no word.
    pub wordless: &'static str,
}

/// All statistics of spans and segmentations, in the order of results.
#[must_use]
pub fn span_measures() -> &'static [SpanMeasure] {
    ENTRIES
}

const KRIPPENDORFF: &str = "Krippendorff, Mathet, Bouvry & Widlöcher (2016), On the reliability of unitizing textual continua, Quality & Quantity 50";
const SIDE_BY_SIDE: &str = "raters mark independently and are interchangeable; a rater's spans lie side by side; chance is any placement of the same units. Not invariant to the unit of time: milliseconds are meant";

/// Why no word is given.
const OF_UNITS: &str = "no band is published for free stretches";
const CHANCE: &str = "chance is not taken off";

const ENTRIES: &[SpanMeasure] = &[
    SpanMeasure {
        name: "u-alpha",
        title: "Krippendorff's alpha for unitizing",
        of_pairs: false,
        overlap_allowed: false,
        assumes: SIDE_BY_SIDE,
        formula: "1 − (ℓ.. − Σℓ_cc)/(ℓ.. − Σε_cc), gaps a category",
        source: KRIPPENDORFF,
        reading: "Agreement on where something is and what it is, gaps included. 1 is perfect, 0 what chance gives.",
        wordless: OF_UNITS,
    },
    SpanMeasure {
        name: "binary-alpha",
        title: "Alpha of marked against not marked",
        of_pairs: false,
        overlap_allowed: false,
        assumes: SIDE_BY_SIDE,
        formula: "1 − (ℓ_φ. − ℓ_φφ)/(ε_φ. − ε_φφ)",
        source: KRIPPENDORFF,
        reading: "Agreement on where there is anything at all, whatever the label.",
        wordless: OF_UNITS,
    },
    SpanMeasure {
        name: "cu-alpha",
        title: "Alpha of labels where spans meet",
        of_pairs: false,
        overlap_allowed: false,
        assumes: SIDE_BY_SIDE,
        formula: "1 − (ℓ* − Σℓ_cc)/(ℓ* − Σε*_cc) over labels",
        source: KRIPPENDORFF,
        reading: "Agreement on labels where two raters both marked something. Read it with its coverage: what only one marked does not count.",
        wordless: OF_UNITS,
    },
    SpanMeasure {
        name: "ku-alpha",
        title: "Alpha of one label where spans meet",
        of_pairs: false,
        overlap_allowed: false,
        assumes: SIDE_BY_SIDE,
        formula: "1 − (ε*_k./ℓ*_k)(ℓ*_k − ℓ_kk)/(ε*_k. − ε*_kk)",
        source: KRIPPENDORFF,
        reading: "How reliably this label is told from the others where two raters both marked something.",
        wordless: OF_UNITS,
    },
    SpanMeasure {
        name: "modified-kappa",
        title: "Modified kappa of linked spans",
        of_pairs: true,
        overlap_allowed: true,
        assumes: "raters mark independently; spans whose overlap reaches the threshold mean the same event",
        formula: "(p0 − pe)/(1 − pe) over linked spans and spans without a link, expected by iterative proportional fitting",
        source: "Holle & Rein (2015), EasyDIAg: A tool for easy determination of interrater agreement, Behavior Research Methods 47",
        reading: "Kappa in which a span that the other did not mark is a disagreement. Depends on the threshold of overlap; report it. kappa_max is the most that the marginals allow.",
        wordless: OF_UNITS,
    },
    SpanMeasure {
        name: "gamma",
        title: "Gamma",
        of_pairs: false,
        overlap_allowed: true,
        assumes: "raters mark independently; chance keeps each rater's spans and their order, and moves them along",
        formula: "1 − δ observed/mean δ random, δ of the best alignment of all raters",
        source: "Mathet, Widlöcher & Métivier (2015), The unified and holistic method gamma, Computational Linguistics 41",
        reading: "Agreement on places and labels together, small shifts counting little. Expected disorder is drawn at random: the sampling error says how well the value is known.",
        wordless: OF_UNITS,
    },
    SpanMeasure {
        name: "gamma-cat",
        title: "Gamma for labels",
        of_pairs: false,
        overlap_allowed: true,
        assumes: "as gamma; where several alignments are equally good, one of them is taken",
        formula: "1 − weighted share of differing labels/its mean in random continua, over gamma's alignments",
        source: "Mathet (2017), The agreement measure γcat, a complement to γ focused on categorization of a continuum, Computational Linguistics 43",
        reading: "Agreement on labels of spans that were aligned, near ones counting most; what only one rater marked does not count.",
        wordless: OF_UNITS,
    },
    SpanMeasure {
        name: "matched-f1",
        title: "F1 of matched spans",
        of_pairs: true,
        overlap_allowed: true,
        assumes: "spans of one label whose overlap reaches the threshold mean the same event; the first rater is the reference of precision and recall",
        formula: "2·matched/(spans of both)",
        source: "van Rijsbergen (1979), Information retrieval; spans as matched by Holle & Rein (2015)",
        reading: "How much of what either marked the other marked too. Chance is not taken off.",
        wordless: CHANCE,
    },
    SpanMeasure {
        name: "boundary-similarity",
        title: "Boundary similarity",
        of_pairs: true,
        overlap_allowed: false,
        assumes: "raters divide the same turns into segments; not meant for grids of time",
        formula: "1 − (|A| + w_t)/(|A| + |T| + |M|)",
        source: "Fournier (2013), Evaluating text segmentation using boundary edit distance, ACL",
        reading: "How alike two segmentations are, boundaries near each other counting in part. Chance is not taken off.",
        wordless: CHANCE,
    },
];
