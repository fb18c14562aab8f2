use std::fs;
use std::io::Read;
use std::time::{Duration, SystemTime};

use sandbox::{Options, StartError};

use crate::harness::built_site::{BuiltSite, SCRIPT, WASM};
use crate::harness::{Reply, TestServer};

async fn get(server: &TestServer, path: &str) -> Reply {
    Reply::of(server.request("GET", path)).await
}

async fn get_packed(server: &TestServer, path: &str) -> Reply {
    Reply::of(server.request("GET", path).header("accept-encoding", "gzip, br")).await
}

fn unpacked(reply: &Reply) -> String {
    assert_eq!(reply.header("content-encoding"), "br");
    let mut text = String::new();
    brotli::Decompressor::new(&reply.body[..], 4096).read_to_string(&mut text).expect("brotli");
    text
}

#[tokio::test]
async fn files_have_their_content_types() {
    let built = BuiltSite::new();
    let server = built.serve().await;
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        (&format!("/{SCRIPT}"), "text/javascript; charset=utf-8"),
        (&format!("/{WASM}"), "application/wasm"),
        ("/fonts/text.woff2", "font/woff2"),
        ("/LICENSE", "application/octet-stream"),
    ] {
        let reply = get(&server, path).await;
        assert_eq!((reply.status, reply.header("content-type")), (200, kind), "{path}");
    }
    assert_eq!(get(&server, "/LICENSE").await.text(), "MIT");
}

#[tokio::test]
async fn app_routes_get_index_html_and_missing_files_a_404() {
    let built = BuiltSite::new();
    let server = built.serve().await;
    for path in [
        "/",
        "/index.html",
        "/workspaces/ws_1/billing-accounts/new",
        "/workspaces/ws_1/billing-accounts/cus.js",
        "/fonts",
        "/a/?q=x.js",
        "/apiary",
        "/sandboxes",
    ] {
        let reply = get(&server, path).await;
        assert!(reply.status == 200 && reply.text().contains("<main>"), "{path}");
    }
    for path in ["/missing.js", "/fonts/missing.woff2", "/favicon.ico"] {
        let reply = get(&server, path).await;
        assert!(reply.status == 404 && !reply.text().contains("<main>"), "{path}");
    }
    server.get("/api/nothing").await.assert_error(404, "route_not_found");
    assert_eq!(Reply::of(server.request("POST", "/")).await.status, 405);
    assert_eq!(Reply::of(server.request("HEAD", "/")).await.status, 200);
}

#[tokio::test]
async fn nothing_outside_the_folder_is_served() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let built = BuiltSite::new();
    let server = built.serve().await;
    let secret = built.0.with_extension("secret.txt");
    fs::write(&secret, "out of bounds").expect("written");
    let name = secret.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
    // HTTP clients normalise such paths, so they are written to the socket.
    for path in [
        format!("/../{name}"),
        format!("/fonts/../../{name}"),
        format!("/..%2f{name}"),
        format!("/%2e%2e/{name}"),
        format!("/{}", secret.display()),
    ] {
        let address = server.sandbox.origin().trim_start_matches("http://");
        let mut stream = tokio::net::TcpStream::connect(address).await.expect("a connection");
        let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut reply = String::new();
        stream.read_to_string(&mut reply).await.expect("a reply");
        assert!(reply.starts_with("HTTP/1.1 404") && !reply.contains("out of bounds"), "{path}: {reply}");
    }
    fs::remove_file(secret).expect("removed");
}

#[tokio::test]
async fn hashed_files_are_immutable_and_all_others_are_revalidated() {
    let built = BuiltSite::new();
    let server = built.serve().await;
    for path in [SCRIPT, WASM] {
        assert_eq!(
            get(&server, &format!("/{path}")).await.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
    }
    for path in [
        "/",
        "/index.html",
        "/workspaces/0123456789abcdef",
        "/boot.js",
        "/missing-0123456789abcdef.js",
        "/sandbox/panel.js",
    ] {
        assert_eq!(get(&server, path).await.header("cache-control"), "no-cache", "{path}");
    }
}

#[tokio::test]
async fn security_headers_are_on_everything_a_browser_loads() {
    let built = BuiltSite::new();
    let server = built.serve().await;
    for path in ["/", "/boot.js", "/missing.js", "/sandbox/panel.js", "/sandbox/panel.css"] {
        let reply = get(&server, path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("content-security-policy", "frame-ancestors 'none'"),
        ] {
            assert_eq!(reply.header(name), value, "{path}");
        }
        assert!(reply.header("permissions-policy").contains("camera=()"));
        assert_eq!(reply.header("strict-transport-security"), "");
    }
}

#[tokio::test]
async fn brotli_is_sent_to_clients_that_accept_it() {
    let built = BuiltSite::new();
    let server = built.serve().await;
    for path in [SCRIPT, WASM] {
        let path = format!("/{path}");
        let (plain, packed) = (get(&server, &path).await, get_packed(&server, &path).await);
        assert_eq!((plain.header("content-encoding"), plain.header("vary")), ("", "accept-encoding"));
        assert!(packed.body.len() < plain.body.len() / 4);
        assert_eq!(unpacked(&packed), plain.text());
        assert_eq!(packed.header("content-type"), plain.header("content-type"));
    }
    assert!(unpacked(&get_packed(&server, "/").await).contains("Sandbox: demo tokens"));
    assert_eq!(get_packed(&server, "/fonts/text.woff2").await.header("content-encoding"), "");
}

#[tokio::test]
async fn the_compressed_form_of_the_build_is_sent_while_it_is_current() {
    let built = BuiltSite::new();
    built.write("boot.js.br", "compressed by the build");
    let server = built.serve().await;
    assert_eq!(get_packed(&server, "/boot.js").await.text(), "compressed by the build");
    assert_eq!(get(&server, "/boot.js").await.text(), "start();");
    let file = fs::File::options().append(true).open(built.0.join("boot.js")).expect("there");
    file.set_modified(SystemTime::now() + Duration::from_secs(5)).expect("a time");
    assert_eq!(unpacked(&get_packed(&server, "/boot.js").await), "start();");
}

#[tokio::test]
async fn a_rebuilt_file_is_served() {
    let built = BuiltSite::new();
    let server = built.serve().await;
    assert_eq!(get(&server, "/boot.js").await.text(), "start();");
    assert_eq!(unpacked(&get_packed(&server, "/boot.js").await), "start();");
    // The new content has the same length, so only the modification time differs.
    built.write("boot.js", "again();");
    let file = fs::File::options().append(true).open(built.0.join("boot.js")).expect("there");
    file.set_modified(SystemTime::now() + Duration::from_secs(5)).expect("a time");
    assert_eq!(get(&server, "/boot.js").await.text(), "again();");
    assert_eq!(unpacked(&get_packed(&server, "/boot.js").await), "again();");
}

#[tokio::test]
async fn the_page_uses_this_api_and_shows_tokens_that_work() {
    let built = BuiltSite::new();
    let server = built.serve().await;
    let page = get(&server, "/").await.text();
    assert!(page.contains(r#"<meta name="altostrat-api-base" content="/api">"#));
    assert!(page.contains(r#"<aside class="sandbox" aria-label="Sandbox">"#));
    assert!(page.contains("<strong>Owner</strong>: may change everything"));
    assert!(page.contains("Memory only: all data is lost when the sandbox stops."));
    let statuses = page.split(r#"value=""#).skip(1).map(|rest| rest.split('"').next().expect("a token"));
    let mut seen = Vec::new();
    for token in statuses {
        let request = server.request("GET", "/api/workspaces").header("authorization", format!("Bearer {token}"));
        seen.push(Reply::of(request).await.status);
    }
    assert_eq!(seen, [200, 200, 200, 200, 401]);
    assert_eq!(get(&server, "/sandbox/panel.js").await.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(get(&server, "/sandbox/panel.css").await.header("content-type"), "text/css; charset=utf-8");
}

#[tokio::test]
async fn without_a_folder_no_site_is_served() {
    let server = TestServer::start().await;
    let reply = get(&server, "/").await;
    assert_eq!((reply.status, reply.text().as_str()), (404, "This sandbox serves only /api and /sandbox."));
    assert_eq!(server.get("/api/workspaces").await.status, 200);
}

#[tokio::test]
async fn a_folder_without_index_html_is_rejected_with_advice() {
    let built = BuiltSite::new();
    fs::remove_file(built.0.join("index.html")).expect("removed");
    let error =
        sandbox::start(Options { dist: Some(built.0.clone()), ..Options::default() }).await.expect_err("no index");
    assert!(matches!(error, StartError::NoIndex(_)));
    let message = error.to_string();
    assert!(message.contains(&built.0.display().to_string()) && message.contains("--dist"), "{message}");
}

#[tokio::test]
async fn the_page_names_the_provider_only_when_asked_for() {
    let built = BuiltSite::new();
    let page = r#"<meta name="altostrat-oidc-issuer" content=""><meta name="altostrat-oidc-client-id" content="">"#;
    fs::write(built.0.join("index.html"), page).expect("written");
    for provider in [false, true] {
        let options = Options { dist: Some(built.0.clone()), provider, ..Options::default() };
        let sandbox = sandbox::start(options).await.expect("a free port");
        let text = reqwest::get(sandbox.origin()).await.expect("a reply").text().await.expect("text");
        let issuer = format!(r#"name="altostrat-oidc-issuer" content="{}""#, sandbox.issuer());
        assert_eq!(text.contains(&issuer) && text.contains(sandbox::CLIENT_ID), provider, "{text}");
    }
}
