//! The one list of commands: name, function, request, reply. The dispatcher and the TypeScript map both come from it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::app::App;
use crate::wire::*;
use crate::{
    agreement, coding, coding_file, consensus, export, import, look, outcomes, preferences, recording,
    report, results, rules, session, study, threshold,
};

macro_rules! commands {
    ($($name:literal $function:path : $request:ty => $reply:ty;)+) => {
        /// Names of all commands.
        pub const NAMES: &[&str] = &[$($name),+];

        /// Runs one command by its name.
        ///
        /// # Errors
        /// The command's own; [`ErrorCode::UnknownCommand`] or [`ErrorCode::BadRequest`] where it could not start.
        pub fn dispatch(app: &mut App, name: &str, payload: Value) -> Result<Value, ApiError> {
            match name {
                $($name => run(app, name, payload, $function),)+
                _ => Err(ApiError::new(ErrorCode::UnknownCommand, format!("There is no command called \"{name}\"."))),
            }
        }

        /// Calls `visit` with the name, request and reply type of every command.
        pub(crate) fn each_command(mut visit: impl CommandVisitor) {
            $(visit.command::<$request, $reply>($name);)+
        }
    };
}

/// Hears of every command with its types.
pub(crate) trait CommandVisitor {
    fn command<Request: ts_rs::TS + 'static, Reply: ts_rs::TS + 'static>(&mut self, name: &str);
}

commands! {
    "app_start" crate::app::start: AppStart => AppStarted;
    "preferences_set" preferences::set: Preferences => Preferences;

    "study_open" study::open: StudyPath => StudyView;
    "study_new" study::create: NewStudy => StudyView;
    "study_sample" study::open_sample: Nothing => StudyView;
    "study_close" study::close: Nothing => Nothing;
    "study_view" study::view: Nothing => StudyView;
    "person_choose" study::choose_person: ChoosePerson => StudyView;
    "rater_add" study::add_rater: AddRater => StudyView;
    "settings_set" study::set_settings: SetSettings => StudyView;
    "rule_set" study::set_rule: SetRule => StudyView;
    "study_verify" study::verify: Nothing => Verified;
    "study_backup" study::backup: Nothing => BackedUp;

    "session_open" session::open_in_window: OpenSession => SessionView;
    "position_set" session::set_position: SetPosition => Nothing;

    "recording_link" recording::link: LinkRecording => RecordingJob;
    "recording_find" recording::find: FindRecording => RecordingJob;
    "recording_poll" recording::poll: RecordingJob => RecordingProgress;
    "recording_cancel" recording::cancel: RecordingJob => Nothing;
    "recording_offset" recording::set_offset: SetRecordingOffset => StudyView;
    "recording_unlink" recording::unlink: UnlinkRecording => StudyView;
    "recording_view" recording::view: RecordingQuestion => RecordingView;
    "waveform_start" recording::start_waveform: RecordingQuestion => RecordingProgress;
    "taps_view" recording::view_taps: RecordingQuestion => TappedTimes;
    "taps_keep" recording::keep_taps: Taps => Nothing;
    "taps_save" recording::save_taps: SaveTaps => StudyView;

    "marker_add" coding::add_marker: AddMarker => CodingChange;
    "marker_change" coding::change_marker: ChangeMarker => CodingChange;
    "marker_delete" coding::delete_marker: DeleteMarker => CodingChange;
    "marker_part" coding::part_marker: PartMarker => CodingChange;
    "conflict_change" coding::change_conflict: ChangeConflict => CodingChange;
    "conflict_join" coding::join_conflicts: JoinConflicts => CodingChange;
    "note_put" coding::put_note: PutNote => CodingChange;
    "note_delete" coding::delete_note: DeleteNote => CodingChange;
    "rating_set" coding::set_rating: SetRating => CodingChange;
    "nothing_here_set" coding::set_nothing_here: SetNothingHere => CodingChange;
    "coverage_add" coding::add_coverage: AddCoverage => CodingChange;
    "accumulation_dismiss" coding::dismiss_accumulation: DismissAccumulation => CodingChange;
    "submit_check" coding::check_submission: CodingQuestion => SubmitCheck;
    "coding_submit" coding::submit: CodingAct => CodingChange;
    "coding_reopen" coding::reopen: ReopenCoding => CodingChange;
    "carry_preview" coding::preview_carry: CodingQuestion => CarryPreview;
    "coding_carry" coding::carry: CarryCoding => CodingChange;
    "undo" coding::undo: CodingAct => CodingChange;
    "redo" coding::redo: CodingAct => CodingChange;
    "look" look::take: TakeLook => Look;
    "look_keep" look::keep: KeepLook => Nothing;

    "consensus_list" consensus::list: Nothing => ConsensusOverview;
    "consensus_open" consensus::open: OpenConsensus => ConsensusOverview;
    "consensus_session" consensus::session: ConsensusQuestion => ConsensusView;
    "consensus_settle" consensus::settle: SettleItem => ConsensusView;
    "consensus_settle_agreed" consensus::settle_agreed: SettleAgreed => ConsensusView;
    "consensus_settle_rest" consensus::settle_rest: SettleRest => ConsensusView;
    "consensus_unsettle" consensus::unsettle: UnsettleItem => ConsensusView;
    "consensus_undo" consensus::undo: ConsensusAct => ConsensusView;
    "consensus_redo" consensus::redo: ConsensusAct => ConsensusView;
    "record_set" consensus::set_record: SetRecord => ConsensusOverview;
    "ruling_add" consensus::add_ruling: AddRuling => StudyView;
    "ruling_edit" consensus::edit_ruling: EditRuling => StudyView;
    "ruling_remove" consensus::remove_ruling: RemoveRuling => StudyView;

    "import_kind" import::kind: ImportPath => FileKind;
    "import_preview" import::preview: PreviewImport => ImportPreview;
    "pseudonyms_keep" import::keep_pseudonyms: KeepPseudonyms => Nothing;
    "import_commit" import::commit: CommitImport => Imported;
    "coding_preview" coding_file::preview: ImportCoding => CodingPreview;
    "coding_import" coding_file::import: ImportCoding => ImportedCoding;
    "coding_export" coding_file::export: ExportCoding => Nothing;
    "export_options" export::options: Nothing => ExportOptions;
    "export_start" export::start: ExportChoice => ExportJob;
    "export_poll" export::poll: ExportJob => ExportProgress;
    "export_cancel" export::cancel: ExportJob => Nothing;
    "classify" report::classify: Classify => ClassifyReport;

    "agreement_options" agreement::options: AskAgreementOptions => AgreementOptions;
    "agreement_start" agreement::start: AgreementChoice => AgreementJob;
    "agreement_poll" agreement::poll: PollAgreement => AgreementProgress;
    "agreement_cancel" agreement::cancel: AgreementJob => Nothing;
    "agreement_units" agreement::units: AgreementUnits => AgreementUnitPage;
    "agreement_copy" agreement::copy: CopyAgreement => CopiedText;
    "agreement_report" agreement::report: ReportAgreement => Nothing;
    "figure_save" agreement::save_figure: SaveFigure => Nothing;

    "rule_list" rules::list: Nothing => RuleList;
    "rule_save" rules::save: SaveRule => SavedRule;
    "rule_choose" rules::choose: UseRule => StudyView;
    "rule_lock" rules::lock: LockRule => SavedRule;
    "rule_versions" rules::versions: WhichRule => RuleVersions;
    "rule_import" rules::import: ImportRule => SavedRule;
    "rule_export" rules::export: ExportRule => Nothing;

    "outcomes_import" outcomes::import: ImportOutcomes => ImportedOutcomes;
    "outcomes_list" outcomes::list: Nothing => OutcomeList;

    "threshold_read" threshold::read: ReadThreshold => ThresholdReading;
    "threshold_prepare" threshold::prepare: PrepareThreshold => ThresholdView;
    "threshold_step" threshold::step: StepThreshold => ThresholdStep;
    "threshold_conflicts" threshold::conflicts: ThresholdPlaces => ThresholdConflicts;
    "threshold_compare" threshold::compare: CompareRules => RuleComparison;
    "threshold_cell" threshold::cell: CompareCell => CellConflicts;
    "threshold_sweep" threshold::sweep: SweepChoice => SweepReport;

    "results_read" results::read: ReadResults => ResultsReading;
    "results_copy" results::copy: ResultsChoice => CopiedText;
}

fn run<Request: DeserializeOwned, Reply: Serialize>(
    app: &mut App,
    name: &str,
    payload: Value,
    act: impl FnOnce(&mut App, Request) -> Result<Reply, ApiError>,
) -> Result<Value, ApiError> {
    let payload = if payload.is_null() {
        Value::Object(serde_json::Map::new())
    } else {
        payload
    };
    // What serde says of the fault may quote the request, and that may hold words of a transcript: not told.
    let request = serde_json::from_value(payload).map_err(|_| {
        ApiError::new(
            ErrorCode::BadRequest,
            format!("The request of \"{name}\" is not understood."),
        )
    })?;
    let reply = act(app, request)?;
    serde_json::to_value(reply)
        .map_err(|_| ApiError::new(ErrorCode::Internal, "The reply could not be written."))
}
