//! The same engine without a browser: a link in, figures and numbers out.
//!
//! `cli show '#/regions?seed=7'` computes what the page behind that link shows, to the last
//! digit, and prints it in words; options print one panel as CSV or SVG, and `cli draws` the
//! sampler's draws. `cli fit` gives data, estimates and posterior as JSON, for the data of a link
//! or of a file. Numbers go to standard output, what is wrong to standard error.

mod chains;
mod fit;
mod measurements;
mod programs;
mod session;
mod sweep;
mod text;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use labs::{Body, LABS, Scenario, link};
use lexopt::ValueExt;
use plots::{Figure, Theme, View};
use programs::Program;
use session::Session;

/// Width of a picture unless another is asked for, in CSS pixels: that of the page's main column.
const PICTURE_WIDTH: f64 = 720.0;

/// Exit status of a command that was refused or failed.
const FAILURE: u8 = 2;

const USAGE: &str = "\
Usage: cli show  [LINK] [--unit N]                 what the page shows, in words
       cli show  [LINK] [--unit N] --csv PANEL     the numbers of a panel's figure
       cli show  [LINK] [--unit N] --svg PANEL [--width PIXELS]    its picture
       cli draws [LINK]                            the draws of all chains as CSV
       cli fit   [LINK] [--format json|text] [--data FILE] [--draws FILE]
                                                   data, estimates and posterior as numbers
       cli fit   --model limma|mrlocus|tf-binding --data FILE [--groups 3,3]
                                                   what a published program reports, as JSON
       cli sweep [LINK] [--out FILE]               the map or the race of #/when as CSV, on all cores
       cli labs                                    the labs, their settings and defaults

LINK is what stands in the page's address, from # on ('#/regions?seed=7', in quotes); without
one it is the start page. PANEL is a name that `show` prints in brackets. --unit shows unit N
(a school, say), counted from 1, close up.

`fit --data FILE` reads a CSV file with the columns value, group, and if you have them se (standard
errors; else sigma and m of LINK hold) and truth, a row a school; the model is that of LINK.
`fit --draws FILE` writes the same file as `draws` prints.

`fit --model limma` reads log expression: a gene a row, its name in the first column (or no names at
all), then the samples, a column each. --groups says how many are of the first and of the second group;
without it they are told apart by their names (A1, A2, B1, B2) or else halved. Rows come out in the
order of the file, with the names of limma's topTable. `fit --model mrlocus` reads a cluster of SNPs a row
in the columns beta_hat_a, beta_hat_b, se_a and se_b: effects on expression and on the trait. `fit --model
tf-binding` reads the columns feature, experiment, celltype, beta_hat and se, a coefficient a row; an
experiment may lack a feature. Its nodes are sampled, with a Monte Carlo error below 0.01 SD or so.

`sweep` computes what the page shows: every cell of the map, or with view=race in LINK every data
set of the race. With --out an interrupted sweep goes on where it was.
";

fn main() -> ExitCode {
    let written = run(lexopt::Parser::from_env()).and_then(|text| print(&text));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(FAILURE)
        }
    }
}

/// What the arguments ask for, as text.
fn run(args: lexopt::Parser) -> Result<String> {
    let arguments = Arguments::parse(args)?;
    match arguments.command {
        Command::Help => Ok(USAGE.to_owned()),
        Command::Labs => Ok(labs_and_settings()),
        Command::Show(content) => {
            let (scenario, session) = open(&arguments.link, arguments.focus)?;
            show(&scenario, &session, &content, arguments.width)
        }
        Command::Draws => open(&arguments.link, None)?.1.draws(),
        Command::Fit(options) => match options.model {
            Some(program) => programs::run(program, &options),
            None => fit::run(&read(&arguments.link), &options),
        },
        Command::Sweep(options) => {
            let link = if arguments.link.is_empty() { "#/when" } else { arguments.link.as_str() };
            sweep::run(&read(link), &options).map(|()| String::new())
        }
    }
}

enum Command {
    Help,
    Labs,
    Show(Content),
    Draws,
    Fit(fit::Options),
    Sweep(sweep::Options),
}

/// What to show.
enum Content {
    Words,
    /// Of the panel with this name.
    Csv(String),
    /// Of the panel with this name.
    Svg(String),
}

struct Arguments {
    command: Command,
    link: String,
    /// Index of the unit that is shown close up, from 0.
    focus: Option<u32>,
    width: f64,
}

impl Arguments {
    fn parse(mut args: lexopt::Parser) -> Result<Self> {
        let (mut words, mut content) = (Vec::new(), Content::Words);
        let (mut focus, mut width) = (None, None);
        let (mut fit, mut has_fit_options) = (fit::Options::default(), false);
        let mut sweep = sweep::Options::default();
        let mut is_help = false;
        while let Some(arg) = args.next()? {
            match arg {
                lexopt::Arg::Value(word) => words.push(word.string()?),
                lexopt::Arg::Long("csv") => content = Content::Csv(args.value()?.string()?),
                lexopt::Arg::Long("svg") => content = Content::Svg(args.value()?.string()?),
                lexopt::Arg::Long("unit") => {
                    let unit: u32 = args.value()?.parse()?;
                    focus = Some(unit.checked_sub(1).context("units are counted from 1")?);
                }
                lexopt::Arg::Long("width") => width = Some(args.value()?.parse::<u16>()?),
                lexopt::Arg::Long(name @ ("format" | "data" | "draws" | "model" | "groups")) => {
                    has_fit_options = true;
                    match name {
                        "format" => fit.format = fit::Format::named(&args.value()?.string()?)?,
                        "data" => fit.data = Some(args.value()?.into()),
                        "model" => fit.model = Some(Program::named(&args.value()?.string()?)?),
                        "groups" => fit.groups = Some(programs::groups(&args.value()?.string()?)?),
                        _ => fit.draws = Some(args.value()?.into()),
                    }
                }
                lexopt::Arg::Long("out") => sweep.out = Some(args.value()?.into()),
                lexopt::Arg::Long("help") | lexopt::Arg::Short('h') => is_help = true,
                _ => return Err(arg.unexpected().into()),
            }
        }
        let has_show_options = focus.is_some() || width.is_some() || !matches!(content, Content::Words);
        let has_options = has_show_options || has_fit_options || sweep.out.is_some();
        let mut words = words.into_iter();
        let command = match words.next().as_deref() {
            _ if is_help => Command::Help,
            Some("sweep") if has_show_options || has_fit_options => {
                bail!("`sweep` takes --out only\n\n{USAGE}")
            }
            Some("sweep") => Command::Sweep(sweep),
            Some(_) if sweep.out.is_some() => bail!("--out is for `sweep`\n\n{USAGE}"),
            Some("show") if has_fit_options => bail!("--format, --data and --draws are for `fit`\n\n{USAGE}"),
            Some("show") => Command::Show(content),
            Some("fit") if has_show_options => {
                bail!("--csv, --svg, --unit and --width are for `show`\n\n{USAGE}")
            }
            Some("fit") => Command::Fit(fit),
            Some("draws") if !has_options => Command::Draws,
            Some("labs") if !has_options => Command::Labs,
            Some(name @ ("draws" | "labs")) => bail!("`{name}` takes no options\n\n{USAGE}"),
            Some(other) => bail!("there is no command `{other}`\n\n{USAGE}"),
            None => bail!("which command?\n\n{USAGE}"),
        };
        let link = words.next().unwrap_or_default();
        if let Command::Fit(fit) = &command {
            let is_program = fit.model.is_some();
            let is_text = matches!(fit.format, fit::Format::Text);
            if is_program && (!link.is_empty() || fit.draws.is_some() || is_text) {
                bail!("`fit --model` takes --data and --groups only\n\n{USAGE}");
            }
            if !is_program && fit.groups.is_some() {
                bail!("--groups is for --model limma\n\n{USAGE}");
            }
        }
        if let Some(word) = words.next() {
            bail!("`{word}` is one word too many; is the link in quotes?\n\n{USAGE}");
        }
        Ok(Self { command, link, focus, width: width.map_or(PICTURE_WIDTH, f64::from) })
    }
}

/// The scenario that `link` names; what could not be understood goes to standard error.
fn read(link: &str) -> Scenario {
    // A whole address is as good as its part from # on.
    let link::Parsed { scenario, notices, .. } =
        link::parse(link.find('#').map_or(link, |start| &link[start..]));
    for notice in notices {
        eprintln!("note: {}", notice.message);
    }
    scenario
}

/// The scenario that `link` names, run to the end.
fn open(link: &str, focus: Option<u32>) -> Result<(Scenario, Session)> {
    let scenario = read(link);
    let start = Instant::now();
    let session = Session::run(&scenario, focus, &mut || start.elapsed().as_secs_f64() * 1000.0)?;
    Ok((scenario, session))
}

fn show(scenario: &Scenario, session: &Session, content: &Content, width: f64) -> Result<String> {
    match content {
        Content::Words => {
            let panels = session.panels().map(text::panel);
            Ok(std::iter::once(text::heading(scenario, session.notices()))
                .chain(panels)
                .collect::<Vec<_>>()
                .join("\n"))
        }
        Content::Csv(id) => Ok(plots::table(figure(session, id)?).csv()),
        Content::Svg(id) => {
            let figure = figure(session, id)?;
            let view = View { theme: Theme::LIGHT, highlight: None };
            let height = plots::natural_height(figure, width, view.theme.scale);
            Ok(plots::svg(figure, &view, width, height, &session.panel(id)?.title))
        }
    }
}

fn figure<'a>(session: &'a Session, id: &str) -> Result<&'a Figure> {
    match &session.panel(id)?.body {
        Body::Figure(figure) => Ok(figure),
        Body::Sampler(_) | Body::Table(_) | Body::Text => bail!("panel `{id}` has no figure here"),
    }
}

/// Every lab with its settings, as fields of a link with their defaults.
fn labs_and_settings() -> String {
    let mut text = String::new();
    for (index, lab) in LABS.iter().enumerate() {
        let scenario = Scenario::of_lab(index);
        text +=
            &format!("#/{}  {}. {}\n", lab.meta().name.slug, lab.meta().name.title, lab.meta().name.summary);
        for (i, control) in lab.controls().iter().enumerate() {
            let field = format!("{}={}", control.key, control.write(scenario.value(i)));
            text += &format!("    {field:<24} {}\n", control.label);
        }
    }
    text
}

/// Writes `text`; a reader who has seen enough (`| head`) is no error.
fn print(text: &str) -> Result<()> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error).context("cannot write"),
        _ => Ok(()),
    }
}
