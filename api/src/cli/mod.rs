//! The command line: `miso` serves; the other commands are for those who run it.

mod dkim;
mod import;
mod mail;
mod migrate;
mod newsletter;
mod open;
mod person;
mod prepare;
mod say;
mod seed;
mod serve;
mod stop;
mod store;
mod worker;

use std::fmt::Display;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use mailer::dkim::Algorithm;

use crate::config::{Config, ConfigError};
use crate::{logging, schema};

/// miso: the platform with which a network of associations runs its public life.
///
/// Without a command it serves. Settings come from miso.toml and the environment: see config.example.toml.
#[derive(Debug, Parser)]
#[command(name = "miso", version)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Clone, Debug, Subcommand)]
enum Command {
    /// Serve the site and its API, and do what is to be done later. Brings the database up to date first.
    Serve,
    /// Do what is to be done later (mails, schedules), and serve nothing.
    Worker,
    /// Bring the database up to date.
    Migrate {
        #[command(subcommand)]
        step: Option<Step>,
    },
    /// Keys by which mails are signed, so that they are known to be ours (DKIM).
    Dkim {
        #[command(subcommand)]
        step: DkimStep,
    },
    /// Take over what an office brings along: organisations, people, posts, events. Says what would be done, unless told to write.
    Import {
        #[command(subcommand)]
        what: import::What,
    },
    /// Mails that come in.
    Mail {
        #[command(subcommand)]
        step: MailStep,
    },
    /// Newsletters.
    Newsletter {
        #[command(subcommand)]
        step: NewsletterStep,
    },
    /// People with an account.
    Person {
        #[command(subcommand)]
        step: PersonStep,
    },
    /// Make a file fit to be served: what miso asks of itself when something is uploaded.
    #[command(hide = true)]
    Prepare {
        /// Where what comes of it is written.
        folder: PathBuf,
        /// How much the file may ask of us, as JSON.
        bounds: String,
    },
    /// Print the GraphQL schema.
    Schema,
    /// Add what is missing of the starter data.
    Seed,
}

#[derive(Clone, Debug, Subcommand)]
enum DkimStep {
    /// Make a key in a new file, for its owner alone, and print what the name system and miso must be told.
    New {
        /// The file, which must not be there yet.
        file: PathBuf,
        /// An RSA key of 2048 bits (the default): what every server can check.
        #[arg(long, conflicts_with = "ed25519")]
        rsa: bool,
        /// An Ed25519 key: short, and not known to every server yet, so that it goes beside one of RSA.
        #[arg(long)]
        ed25519: bool,
        /// Under which name its public half will stand; else that of the settings.
        #[arg(long)]
        selector: Option<String>,
        /// The domain that signs; else that of the settings.
        #[arg(long)]
        domain: Option<String>,
    },
    /// Print what the name system must be told of the keys in use.
    Show,
}

#[derive(Clone, Debug, Subcommand)]
enum MailStep {
    /// Read a mail from the input and do what it says: an issue could not be delivered, a reader complains or leaves, somebody's calendar
    /// answers an invitation. For a mail server's pipe: it ends with 0 also where the mail says nothing to us, and with 75 where it is to
    /// be tried again later, as the database is away or the settings are not sound.
    Receive {
        /// To whom the mail server delivers it; else it is looked for in X-Original-To, Envelope-To, Delivered-To and To.
        #[arg(long)]
        recipient: Option<String>,
    },
}

#[derive(Clone, Debug, Subcommand)]
enum NewsletterStep {
    /// Send an issue to all readers who confirmed, once. A second time changes nothing.
    Send {
        /// The issue's slug: the end of its address.
        issue: String,
        /// Leave the work to `miso serve` or `miso worker`, and return at once.
        #[arg(long)]
        detach: bool,
    },
    /// Write down who reads a newsletter or did, and what they agreed to when and by what, as CSV.
    Export {
        /// The newsletter's slug: the end of its address.
        newsletter: String,
    },
}

#[derive(Clone, Debug, Subcommand)]
enum PersonStep {
    /// Make an account for an address, unless it has one, and print a link to sign in with.
    Add {
        /// The address.
        email: String,
        /// Have the person administer the network from now on.
        #[arg(long)]
        admin: bool,
        /// How the person is called.
        #[arg(long)]
        name: Option<String>,
    },
    /// Print who has an account.
    List,
}

#[derive(Clone, Copy, Debug, Subcommand)]
enum Step {
    /// Take all steps that were not taken yet (the default).
    Up,
    /// Show which steps were taken.
    Status,
    /// Take the last steps back. What was stored in what they made is lost.
    Down {
        /// How many.
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
        steps: u32,
        /// Say that you know.
        #[arg(long)]
        lose_data: bool,
    },
}

/// Why a command ended without having done its work, in one line.
#[derive(Debug)]
enum Stopped {
    Config(ConfigError),
    Failed(String),
}

impl Stopped {
    fn because(what: impl Display) -> Self {
        Self::Failed(what.to_string())
    }
}

impl From<ConfigError> for Stopped {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

/// Does what the command line says. The process ends with 0, with 1 where that failed, and with 2 where it was not understood.
#[must_use]
pub fn run() -> ExitCode {
    let command = Cli::parse().command.unwrap_or(Command::Serve);
    let is_pipe = matches!(command, Command::Mail { .. });
    match obey(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stopped) if is_pipe => {
            match stopped {
                Stopped::Config(error) => say::wrong(&error),
                Stopped::Failed(error) => say::wrong(&error),
            }
            ExitCode::from(mail::AGAIN)
        }
        Err(Stopped::Config(error)) => {
            say::wrong(&error);
            ExitCode::from(2)
        }
        Err(Stopped::Failed(error)) => {
            say::wrong(&error);
            ExitCode::FAILURE
        }
    }
}

fn obey(command: Command) -> Result<(), Stopped> {
    if let Command::Schema = command {
        say::line(schema::sdl().trim_end());
        return Ok(());
    }
    if let Command::Prepare { folder, bounds } = &command {
        return prepare::prepare(folder, bounds);
    }
    let config = Config::load()?;
    match &command {
        Command::Dkim { step: DkimStep::Show } => return dkim::show(&config),
        Command::Dkim { step: DkimStep::New { file, ed25519, selector, domain, .. } } => {
            let algorithm = if *ed25519 { Algorithm::Ed25519 } else { Algorithm::Rsa };
            return dkim::new(&config, file, algorithm, selector.as_deref(), domain.as_deref());
        }
        _ => {}
    }
    logging::start(&config);
    // Without optimisation, nested resolvers need more than the usual 2 MiB of stack.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(8 * 1024 * 1024).build();
    runtime.map_err(Stopped::because)?.block_on(async {
        match command {
            Command::Serve | Command::Schema | Command::Prepare { .. } | Command::Dkim { .. } => serve::serve(config).await,
            Command::Worker => worker::run(config).await,
            Command::Seed => seed::run(config).await,
            Command::Import { what } => import::run(config, what).await,
            Command::Mail { step: MailStep::Receive { recipient } } => mail::receive(config, recipient.as_deref()).await,
            Command::Newsletter { step: NewsletterStep::Send { issue, detach } } => newsletter::send(config, &issue, detach).await,
            Command::Newsletter { step: NewsletterStep::Export { newsletter } } => newsletter::export(config, &newsletter).await,
            Command::Person { step: PersonStep::Add { email, admin, name } } => person::enter(config, &email, name.as_deref(), admin).await,
            Command::Person { step: PersonStep::List } => person::list(config).await,
            Command::Migrate { step } => migrate::run(&config, step.unwrap_or(Step::Up)).await,
        }
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
        assert!(Cli::try_parse_from(["miso"]).unwrap().command.is_none());
        assert!(Cli::try_parse_from(["miso", "migrate", "down"]).is_err());
        assert!(Cli::try_parse_from(["miso", "migrate", "down", "--steps", "0"]).is_err());
    }
}
