//! A small static server for `dist/`, on this machine only.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};
use tiny_http::{Header, Request, Response, Server};

/// How many ports are tried, from the wanted one upwards.
const PORTS_TRIED: u16 = 20;
const NUM_THREADS: usize = 4;

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
pub(crate) fn start(listener: TcpListener, folder: &Path, prefix: &str) -> Result<String> {
    let url = format!("http://{}{prefix}", listener.local_addr()?);
    let server = Arc::new(Server::from_listener(listener, None).map_err(|error| anyhow!(error))?);
    for _ in 0..NUM_THREADS {
        let (server, folder, prefix) = (server.clone(), folder.to_path_buf(), prefix.to_string());
        std::thread::spawn(move || {
            while let Ok(request) = server.recv() {
                // A reader that went away is not our error.
                let _ = answer(request, &folder, &prefix);
            }
        });
    }
    Ok(url)
}

fn answer(request: Request, folder: &Path, prefix: &str) -> std::io::Result<()> {
    let path = request.url().split(['?', '#']).next().unwrap_or_default().to_string();
    // Without its last slash the page's relative addresses would start one folder too high.
    if path != prefix && path == prefix.trim_end_matches('/') {
        let to = header("Location", prefix);
        return request.respond(Response::empty(301).with_header(to));
    }
    let file = path.strip_prefix(prefix).and_then(|path| locate(folder, path));
    match file.and_then(|file| Some((mime(&file), File::open(&file).ok()?))) {
        Some((mime, file)) => request.respond(
            Response::from_file(file)
                .with_header(header("Content-Type", mime))
                .with_header(header("Cache-Control", "no-store")),
        ),
        None => request.respond(Response::from_string("404: there is no such file\n").with_status_code(404)),
    }
}

/// The file that a path names, if it is one inside `folder`.
fn locate(folder: &Path, path: &str) -> Option<PathBuf> {
    let path = folder.join(if path.is_empty() { "index.html" } else { path });
    let (path, folder) = (fs::canonicalize(path).ok()?, fs::canonicalize(folder).ok()?);
    (path.starts_with(folder) && path.is_file()).then_some(path)
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

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("names and values are plain ASCII")
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
}
