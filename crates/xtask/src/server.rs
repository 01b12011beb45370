//! A small static server for `dist/`, on this machine only. Compresses as published hosts do.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

/// How many ports are tried, from the wanted one upwards.
const PORTS_TRIED: u16 = 20;
/// A longer request is no browser's.
const MAX_REQUEST_BYTES: u64 = 64 * 1024;

/// Binds the wanted port of 127.0.0.1 or one of the next; port 0 takes any free one.
pub(crate) fn bind(port: u16) -> Result<TcpListener> {
    for port in port..=port.saturating_add(PORTS_TRIED) {
        match TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
                println!("    port {port} is taken")
            }
            Err(error) => return Err(error).with_context(|| format!("cannot listen on port {port}")),
        }
    }
    bail!("ports {port} to {} are all taken", port.saturating_add(PORTS_TRIED))
}

/// Serves `folder` under `prefix` ("/" or "/some/path/") from background threads; returns the address.
///
/// Every connection has a thread of its own and carries one answer: a browser opens connections in advance
/// and leaves them silent, and these must not keep others waiting.
pub(crate) fn start(listener: TcpListener, folder: &Path, prefix: &str) -> Result<String> {
    let url = format!("http://{}{prefix}", listener.local_addr()?);
    let (folder, prefix) = (folder.to_path_buf(), prefix.to_string());
    std::thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let (folder, prefix) = (folder.clone(), prefix.clone());
            // A reader that went away is not our error.
            std::thread::spawn(move || answer(connection, &folder, &prefix));
        }
    });
    Ok(url)
}

fn answer(mut connection: TcpStream, folder: &Path, prefix: &str) -> std::io::Result<()> {
    let mut lines = BufReader::new((&connection).take(MAX_REQUEST_BYTES)).lines();
    let Some(request) = lines.next().transpose()? else { return Ok(()) };
    // All of the request must be read: closing before that would take the answer back.
    let mut takes_gzip = false;
    for header in lines {
        let header = header?.to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        takes_gzip |= header.strip_prefix("accept-encoding:").is_some_and(|codings| codings.contains("gzip"));
    }
    connection.write_all(&response(&request, takes_gzip, folder, prefix))
}

/// The answer to a request, of which the first line is given ("GET /index.html HTTP/1.1").
fn response(request: &str, takes_gzip: bool, folder: &Path, prefix: &str) -> Vec<u8> {
    let mut words = request.split(' ');
    let method = words.next().unwrap_or_default();
    let path = words.next().unwrap_or_default().split(['?', '#']).next().unwrap_or_default();
    let file = || path.strip_prefix(prefix).and_then(|path| locate(folder, path));
    let (head, body) = if method != "GET" && method != "HEAD" {
        ("405 Method Not Allowed".to_string(), Vec::new())
    } else if path != prefix && path == prefix.trim_end_matches('/') {
        // Without its last slash the page's relative addresses would start one folder too high.
        (format!("301 Moved Permanently\r\nLocation: {prefix}"), Vec::new())
    } else if let Some((file, body)) = file().and_then(|file| Some((file.clone(), fs::read(file).ok()?))) {
        let mime = mime(&file);
        if takes_gzip && is_text(mime) {
            let head =
                format!("200 OK\r\nContent-Type: {mime}\r\nContent-Encoding: gzip\r\nVary: Accept-Encoding");
            (head, gzipped(&file, &body))
        } else {
            (format!("200 OK\r\nContent-Type: {mime}"), body)
        }
    } else {
        ("404 Not Found\r\nContent-Type: text/plain".to_string(), b"There is no such file.\n".to_vec())
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {head}\r\nContent-Length: {length}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
    );
    let body = if method == "HEAD" { Vec::new() } else { body };
    [head.into_bytes(), body].concat()
}

/// The file that a path names, if it is one inside `folder`.
fn locate(folder: &Path, path: &str) -> Option<PathBuf> {
    let path = folder.join(if path.is_empty() { "index.html" } else { path });
    let (path, folder) = (fs::canonicalize(path).ok()?, fs::canonicalize(folder).ok()?);
    (path.starts_with(folder) && path.is_file()).then_some(path)
}

/// Whether hosts compress it: pictures and fonts are compressed already.
fn is_text(mime: &str) -> bool {
    mime.starts_with("text/") || mime.starts_with("application/") || mime == "image/svg+xml"
}

/// Files compressed before, with the time at which they were written.
static GZIPPED: Mutex<Option<Compressed>> = Mutex::new(None);

/// Files as they are sent, and when they were last changed.
type Compressed = HashMap<PathBuf, (SystemTime, Vec<u8>)>;

/// The content of a file, compressed once for as long as the file stays the same.
fn gzipped(file: &Path, body: &[u8]) -> Vec<u8> {
    let written = fs::metadata(file).and_then(|data| data.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let mut kept = GZIPPED.lock().unwrap_or_else(PoisonError::into_inner);
    let kept = kept.get_or_insert_default();
    if let Some((_, gzipped)) = kept.get(file).filter(|(at, _)| *at == written) {
        return gzipped.clone();
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let gzipped = encoder.write_all(body).and_then(|()| encoder.finish()).expect("memory takes any bytes");
    kept.insert(file.to_path_buf(), (written, gzipped.clone()));
    gzipped
}

fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" | "md" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_inside_the_folder_are_located() {
        let folder = std::env::temp_dir().join(format!("xtask-server-{}", std::process::id()));
        fs::create_dir_all(folder.join("inside")).unwrap();
        fs::write(folder.join("inside/index.html"), "page").unwrap();
        fs::write(folder.join("secret.txt"), "secret").unwrap();
        let inside = folder.join("inside");
        assert!(locate(&inside, "").is_some());
        assert!(locate(&inside, "index.html").is_some());
        assert!(locate(&inside, "../secret.txt").is_none());
        assert!(locate(&inside, "/etc/passwd").is_none());
        assert!(locate(&inside, "nothing.js").is_none());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn answers_have_type_length_and_prefix() {
        let folder = std::env::temp_dir().join(format!("xtask-answers-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("index.html"), "page").unwrap();
        let answer =
            |request: &str| String::from_utf8(response(request, false, &folder, "/some/path/")).unwrap();
        let page = answer("GET /some/path/?x=1 HTTP/1.1");
        assert!(page.starts_with(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 4\r\n"
        ));
        assert!(page.ends_with("\r\n\r\npage"));
        assert!(answer("HEAD /some/path/ HTTP/1.1").ends_with("\r\n\r\n"));
        assert!(
            answer("GET /some/path HTTP/1.1").contains("301 Moved Permanently\r\nLocation: /some/path/\r\n")
        );
        assert!(answer("GET /index.html HTTP/1.1").starts_with("HTTP/1.1 404"));
        assert!(answer("POST /some/path/ HTTP/1.1").starts_with("HTTP/1.1 405"));
        assert!(answer("").starts_with("HTTP/1.1 405"));

        for content in ["page", "another page, longer"] {
            fs::write(folder.join("index.html"), content).unwrap();
            let later = SystemTime::now() + std::time::Duration::from_secs(content.len() as u64);
            fs::File::options()
                .append(true)
                .open(folder.join("index.html"))
                .unwrap()
                .set_modified(later)
                .unwrap();
            let answer = response("GET /some/path/ HTTP/1.1", true, &folder, "/some/path/");
            let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap() + 4;
            assert!(String::from_utf8_lossy(&answer[..end]).contains("\r\nContent-Encoding: gzip\r\n"));
            let mut unzipped = String::new();
            flate2::read::GzDecoder::new(&answer[end..]).read_to_string(&mut unzipped).unwrap();
            assert_eq!(unzipped, content);
        }
        fs::write(folder.join("a.woff2"), "font").unwrap();
        let font = response("GET /some/path/a.woff2 HTTP/1.1", true, &folder, "/some/path/");
        assert!(String::from_utf8(font).unwrap().ends_with("\r\n\r\nfont"));
        fs::remove_dir_all(&folder).unwrap();
    }
}
