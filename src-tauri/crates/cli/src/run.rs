//! From the words typed to the exit code: one place that starts the program, opens the study and closes it again.

use std::process::ExitCode;

use sunder_api::wire::{Nothing, StudyPath};
use sunder_api::{App, Environment, study as studies};

use crate::agreement::arguments::Agreement;
use crate::arguments::{Arguments, Coding, Command, Format};
use crate::exit::Failure;
use crate::output::Output;
use crate::{agreement, coding, consensus, demo, export, outcomes, results, study, threshold, transcript};

/// What every command has at hand.
pub(crate) struct Context {
    pub(crate) app: App,
    pub(crate) output: Output,
    person: Option<String>,
    passphrase: Option<String>,
}

/// Does what was asked; messages are said here.
pub(crate) fn run(arguments: Arguments) -> ExitCode {
    match begin(&arguments).and_then(|context| perform(context, arguments.command, arguments.format)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Failure::Told { message, .. } = &failure {
                crate::output::say(&format!("sunder: {message}"));
            }
            failure.code()
        }
    }
}

fn begin(arguments: &Arguments) -> Result<Context, Failure> {
    if arguments.format == Format::Csv
        && !matches!(arguments.command, Command::Sweep(_) | Command::Results(_))
    {
        return Err(Failure::usage(
            "Only sweep and results print CSV. Choose --format text or json.",
        ));
    }
    let after = arguments.command.person();
    let person = match (arguments.person.as_deref(), after) {
        (Some(before), Some(after)) if before != after => {
            return Err(Failure::usage(format!(
                "Who acts: {before} or {after}? Give --as once."
            )));
        }
        (before, after) => before.or(after).filter(|name| *name != "lead").map(str::to_owned),
    };
    let passphrase = arguments.passphrase_file.as_deref().map(passphrase).transpose()?;
    Ok(Context {
        app: App::new(Environment::of_user()),
        output: Output::new(arguments.format == Format::Json),
        person,
        passphrase,
    })
}

fn perform(mut context: Context, command: Command, format: Format) -> Result<(), Failure> {
    let done = match command {
        Command::New(arguments) => study::create(&mut context, &arguments),
        Command::Sample(arguments) => study::sample(&mut context, &arguments),
        Command::Verify(arguments) => study::verify(&mut context, &arguments),
        Command::Backup(arguments) => study::backup(&mut context, &arguments),
        Command::Import(arguments) => transcript::import(&mut context, &arguments),
        Command::Coding(Coding::Import(arguments)) => coding::import(&mut context, &arguments),
        Command::Coding(Coding::Export(arguments)) => coding::export(&mut context, &arguments),
        Command::Coding(Coding::Carry(arguments)) => coding::carry(&mut context, &arguments),
        Command::Classify(arguments) => coding::classify(&mut context, arguments),
        Command::Export(arguments) => export::run(&mut context, arguments),
        Command::Agreement(Agreement::Matrix(arguments)) => agreement::matrix(&mut context, &arguments),
        Command::Agreement(Agreement::Spans(arguments)) => agreement::spans(&mut context, &arguments),
        Command::Agreement(Agreement::Study(arguments)) => agreement::study(&mut context, arguments),
        Command::Consensus(arguments) => consensus::run(&mut context, arguments),
        Command::Sweep(sweep) => threshold::sweep(&mut context, sweep, format),
        Command::Results(arguments) => results::results(&mut context, arguments, format),
        Command::Rule(rule) => threshold::rule(&mut context, rule),
        Command::Outcomes(outcomes) => outcomes::run(&mut context, outcomes),
        Command::Demo => demo::show(&mut context),
    };
    let flushed = context.output.flush();
    // Closing writes what is confirmed into the one file, also after a failure.
    let closed = studies::close(&mut context.app, Nothing {});
    done?;
    flushed?;
    closed?;
    Ok(())
}

impl Context {
    /// Opens a study as who was named, else as the lead; nothing of it is remembered for the window.
    pub(crate) fn open(&mut self, path: &str) -> Result<(), Failure> {
        let request = StudyPath {
            path: path.to_owned(),
            passphrase: self.passphrase.clone(),
        };
        Ok(studies::open_as(&mut self.app, &request, self.person.as_deref())?)
    }

    /// The name of the rater who acts; absent for the lead.
    pub(crate) fn rater(&self) -> Option<&str> {
        self.person.as_deref()
    }

    pub(crate) fn passphrase(&self) -> Option<&str> {
        self.passphrase.as_deref()
    }

    /// Says no where a rater asks for what only the lead does and no study could say so.
    pub(crate) fn lead_only(&self, what: &str) -> Result<(), Failure> {
        match self.rater() {
            None => Ok(()),
            Some(_) => Err(Failure::refused(format!(
                "Only the lead {what}. Leave --as out, or say --as lead."
            ))),
        }
    }
}

fn passphrase(path: &str) -> Result<String, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::unreadable(path, &error))?;
    match text.lines().next() {
        Some(first) if !first.is_empty() => Ok(first.to_owned()),
        _ => Err(Failure::usage(format!(
            "{path} holds no passphrase; put it in the first line."
        ))),
    }
}
