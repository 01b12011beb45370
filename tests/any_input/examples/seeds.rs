//! Writes what a search for bad input begins with: links of every lab and chapter, tables of every form, and
//! messages as page and workers send them.
//!
//! `cargo run -p any-input --example seeds -- fuzz/corpus`, after a change of the messages or with a new lab.

use std::fs;
use std::path::{Path, PathBuf};

use engine::protocol::{Part, Progress, Tally, encode};
use engine::{Chunk, PROTOCOL_VERSION, Reply, Request};
use labs::{Kind, LABS, Scenario, lecture::CHAPTERS, link};

/// Settings that make a run of a lab with draws or repeats short, as fields of its link.
const SHORT: &str = "sizes=3,4&repeats=16&draws=100&warmup=50&n=8";

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).unwrap_or_else(|| "fuzz/corpus".into()));
    let links = links();
    write_all(&folder.join("link"), links.iter().map(|link| link.as_bytes().to_vec()))?;
    // The first byte chooses form and separator.
    let tables = tables()
        .into_iter()
        .flat_map(|text| (0..48).step_by(3).map(move |choice| [&[choice], text.as_bytes()].concat()));
    write_all(&folder.join("table"), tables)?;
    write_all(&folder.join("message"), conversations(&links).into_iter())?;
    fs::write(folder.with_file_name("link.dict"), dictionary())
}

fn write_all(folder: &Path, seeds: impl Iterator<Item = Vec<u8>>) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    for (number, seed) in seeds.enumerate() {
        fs::write(folder.join(format!("seed-{number:03}")), seed)?;
    }
    Ok(())
}

fn links() -> Vec<String> {
    let labs = LABS.iter().map(|lab| format!("#/{}?{SHORT}", lab.meta().name.slug));
    let whole = LABS.iter().map(|lab| {
        let default =
            Scenario::of_lab(link::parse(&format!("#/{}", lab.meta().name.slug)).scenario.lab_index());
        let fields = lab.controls().iter().enumerate();
        let fields =
            fields.map(|(k, control)| format!("{}={}", control.key, control.write(default.value(k))));
        format!("#/{}?{}", lab.meta().name.slug, fields.collect::<Vec<_>>().join("&"))
    });
    let presets = LABS.iter().flat_map(|lab| lab.meta().presets).map(|preset| preset.link.to_owned());
    let chapters = (1..=CHAPTERS.len()).map(|number| format!("#/lecture/{number}?present=2&questions=off"));
    let own = [
        "#/data?set=own&own=name,group,value,se,n,truth;S%C3%A3o+Jos%C3%A9,a,28,15,3,1;b%2Fc,b,8,10,4,2",
        "#/limma?data=own&own=name,a1,a2,b1;g,1,2,4.5;h,0.25,1,-3",
        "#/regions?sizes=51x1,2,2,3x4&m=1,2,7&v=1&keys=off&embed=on",
        "#/nowhere?seed=7",
    ];
    labs.chain(whole).chain(presets).chain(chapters).chain(own.map(str::to_owned)).collect()
}

fn tables() -> Vec<String> {
    let texts = [
        "School\tEffect\tSE\nA\t28\t15\nB\t8\t10\n",
        "town;part;y;n\n\"a;b\";N;1,5;4\nb;N;2;5\n",
        "\u{feff}name,value,se\r\na,1,2\r\nb,x,0\r\n\"c\"\"d\",3\r\n",
        "gene,A1,A2,B1\ng1,1,2,3\ng2,4,NA,6\n",
        "beta_hat_a,beta_hat_b,se_a,se_b\n1,0.5,0.1,0.2\n2,1.25,0.1,0.2\n",
        "feature,experiment,celltype,beta_hat,se\nx,1,A,0.5,0.1\ny,1,B,0.4,0.1\nx,2,B,0.3,0.1\n",
        "v,,v\n1,2,3\n1e308,-1e-308,−2\n",
        "28,15\n8,10\n1,\"2\n3,4\n",
    ];
    texts.map(str::to_owned).to_vec()
}

fn event(kind: u8, bytes: &[u8]) -> Vec<u8> {
    match u8::try_from(bytes.len()) {
        Ok(length) => [&[kind, length], bytes].concat(),
        Err(_) => Vec::new(),
    }
}

/// Rows of events as `any_input::message` reads them.
fn conversations(links: &[String]) -> Vec<Vec<u8>> {
    let work = || -> Vec<u8> {
        let of = |machine: u8| event(4, &[machine, 7, 10]);
        [(1..5).flat_map(of).collect(), of(0), event(3, &[1, 0, 60, 1, 40, 90, 200]), of(0)].concat()
    };
    let mut all: Vec<Vec<u8>> =
        links.iter().map(|link| [event(1, link.as_bytes()), work()].concat()).collect();
    for lab in 0..LABS.len() {
        let mut scenario = Scenario::of_lab(lab);
        for (index, control) in scenario.lab().controls().iter().enumerate() {
            if let Kind::Repeats { .. } = control.kind {
                scenario.set(index, labs::Value::Number(8.0));
            }
        }
        let run = Request::Run { run_id: 5, scenario: scenario.clone(), restart: false };
        let code = Request::Code { scenario };
        all.push([event(0, &encode(&run)), work(), event(0, &encode(&code))].concat());
    }
    let plain = [
        Request::Hello { version: PROTOCOL_VERSION, part: Part::Chain { chain: 2 } },
        Request::Focus { unit: Some(3) },
        Request::Pause,
        Request::Resume,
        Request::Draws,
        Request::Stop,
        Request::Rehearse,
    ];
    let start = event(1, format!("#/regions?{SHORT}").as_bytes());
    for request in plain {
        all.push([start.clone(), work(), event(0, &encode(&request)), work()].concat());
    }
    let tally = Tally { iterations: 60, finished: true, step_size: 0.3, ..Tally::default() };
    let chunk = Chunk { run_id: 1, chain: 0, num_variables: 9, num_warmup: 0, num_draws: 60, tally };
    all.push([start, event(2, &encode(&chunk)), work()].concat());
    let replies = [
        Reply::Ready { version: PROTOCOL_VERSION },
        Reply::Draws { csv: "a,b\n1,2\n".to_owned(), is_last: true },
        Reply::Failed { run_id: 3, message: "No.".to_owned() },
        Reply::Code { code: None },
        Reply::Panels {
            run_id: 3,
            lab: 2,
            order: vec!["forest".to_owned()],
            changed: Vec::new(),
            notices: Vec::new(),
            progress: Progress::default(),
        },
    ];
    all.extend(replies.iter().map(|reply| event(5, &encode(reply))));
    all
}

/// Words of links, as libFuzzer wants them.
fn dictionary() -> String {
    let slugs = LABS.iter().map(|lab| format!("#/{}?", lab.meta().name.slug));
    let keys = LABS.iter().flat_map(|lab| lab.controls()).map(|control| format!("&{}=", control.key));
    let options = LABS.iter().flat_map(|lab| lab.controls()).flat_map(|control| match control.kind {
        Kind::Choice { options } => options.iter().map(|(slug, _)| (*slug).to_owned()).collect(),
        _ => Vec::new(),
    });
    let others = [
        "#/lecture/",
        "present=",
        "embed=",
        "own=",
        "value,se;",
        "x200",
        "1e308",
        "-0",
        "NaN",
        "%C3%A9",
        "+",
    ];
    let mut words: Vec<String> = slugs.chain(keys).chain(options).chain(others.map(str::to_owned)).collect();
    words.sort();
    words.dedup();
    words.iter().map(|word| format!("\"{word}\"\n")).collect()
}
