//! A host of a test's own, which can be cut off and can carry another build from one request to the next.

use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;

/// The page lies below the top of the host, as `cargo xtask test` has it.
const FOLDER: &str = "/some/path/";

/// A host on this machine; it answers until the tests end.
pub struct Host {
    /// Address of the page.
    pub url: String,
    state: Arc<Mutex<State>>,
}

struct State {
    folder: PathBuf,
    is_cut_off: bool,
}

impl Host {
    /// A host that carries the files below `folder`, which browsers keep only if a page has them kept.
    ///
    /// # Errors
    /// If no port is free.
    pub fn start(folder: &Path) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}{FOLDER}", listener.local_addr()?);
        let state = Arc::new(Mutex::new(State { folder: folder.to_owned(), is_cut_off: false }));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                // A browser that went away is missed by nobody.
                std::thread::spawn(move || answer(&connection, &state));
            }
        });
        Ok(Self { url, state })
    }

    /// From now on every connection ends without an answer, or no longer.
    pub fn cut_off(&self, is_cut_off: bool) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).is_cut_off = is_cut_off;
    }

    /// From now on the host carries the files below `folder`.
    pub fn carry(&self, folder: &Path) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).folder = folder.to_owned();
    }
}

fn answer(mut connection: &TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut lines = BufReader::new(connection).lines();
    let Some(request) = lines.next().transpose()? else { return Ok(()) };
    // All of the request must be read: closing before that would take the answer back.
    for header in lines {
        if header?.is_empty() {
            break;
        }
    }
    let folder = {
        let state = state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.is_cut_off {
            return connection.shutdown(Shutdown::Both);
        }
        state.folder.clone()
    };
    let path = request.split(' ').nth(1).unwrap_or_default().split('?').next().unwrap_or_default();
    let name = path.strip_prefix(FOLDER).map(|name| if name.is_empty() { "index.html" } else { name });
    let file = name.and_then(|name| Some((media_type(name), std::fs::read(folder.join(name)).ok()?)));
    let (head, body) = match file {
        Some((media_type, body)) => (format!("200 OK\r\nContent-Type: {media_type}"), body),
        None => ("404 Not Found\r\nContent-Type: text/plain".to_owned(), Vec::new()),
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {head}\r\nContent-Length: {length}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
    );
    connection.write_all(&[head.into_bytes(), body].concat())
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
