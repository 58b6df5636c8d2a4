//! `fiberplan schema`: the JSON Schema of answers and of input files.

use super::Failure;
use super::args::Common;
use super::ignored::refuse_all_but;
use super::outcome::Outcome;
use super::output::stdout;
use crate::network::nearest_names;
use crate::report::answer::schemas;

/// Schemas of input files, written by hand: their readers name line and field, which no schema can.
const FILES: [(&str, &str); 3] = [
    ("network", include_str!("../../data/schema/network.json")),
    ("prices", include_str!("../../data/schema/prices.json")),
    ("scenario", include_str!("../../data/schema/scenario.json")),
];

/// `fiberplan schema`
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  fiberplan schema\n  fiberplan schema route > route.schema.json")]
pub struct SchemaArgs {
    /// Name of an answer, or scenario, prices or network for a file; without one, all names are listed
    pub name: Option<String>,
}

pub(super) fn run(common: &Common, args: &SchemaArgs) -> Result<Outcome, Failure> {
    refuse_all_but(&[], "schema", common)?;
    let answers = schemas();
    let names = || answers.iter().map(|(name, _)| *name).chain(FILES.iter().map(|(name, _)| *name));
    let Some(name) = &args.name else {
        let lines: String = names().map(|name| format!("{name}\n")).collect();
        return stdout(&lines).map(|()| Outcome::Answered);
    };
    if let Some((_, schema)) = answers.iter().find(|(known, _)| known == name) {
        return stdout(&format!("{:#}\n", schema.as_value())).map(|()| Outcome::Answered);
    }
    if let Some((_, text)) = FILES.iter().find(|(known, _)| known == name) {
        return stdout(text).map(|()| Outcome::Answered);
    }
    let hint = match nearest_names(name, names()).first() {
        Some(near) => format!("did you mean {near:?}?"),
        None => "`fiberplan schema` lists all names".to_owned(),
    };
    Err(Failure::usage(format!("no schema is called {name:?}"), hint))
}
