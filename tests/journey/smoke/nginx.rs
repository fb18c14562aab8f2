//! The site behind nginx with the configuration of `deploy/nginx.conf`. `NGINX_PROGRAM` names the program; without it
//! the story is skipped, and a line says so.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use sandbox::Demo;
use serde_json::{Value, json};
use tokio::process::{Child, Command};

use crate::harness::audit::print;
use crate::harness::driver::{Logs, ScratchFolder};
use crate::harness::fixtures::{ASSIGNED, CREATE, SAVE, list_of, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::site::SiteCopy;
use crate::harness::stage::play;
use crate::harness::user::User;

const CONFIGURATION: &str = include_str!("../../../deploy/nginx.conf");
const DIRECT: &str = include_str!("../../../deploy/nginx-direct.conf");

/// A file of `deploy/` or the site, with some lines replaced.
struct Adapted(String);

impl Adapted {
    fn replace(self, line: &str, other: &str) -> Self {
        assert_eq!(self.0.matches(line).count(), 1, "the file has “{line}” once");
        Self(self.0.replacen(line, other, 1))
    }
}

/// A running nginx. Ends when dropped.
struct Nginx {
    origin: String,
    home: ScratchFolder,
    process: Child,
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("it has an address").port()
}

/// Replaces the ports, certificates and folders with those of this test.
fn adapted(configuration: &str, home: &Path, site: &Path, ports: [u16; 2]) -> Adapted {
    let at = |name: &str| format!("{};", home.join(name).display());
    Adapted(configuration.to_owned())
        .replace("    listen [::]:80;\n", "")
        .replace("    listen [::]:443 ssl http2;\n", "")
        .replace("listen 80;", &format!("listen 127.0.0.1:{};", ports[0]))
        .replace("listen 443 ssl http2;", &format!("listen 127.0.0.1:{} ssl http2;", ports[1]))
        .replace("/etc/letsencrypt/live/billing.example.com/fullchain.pem;", &at("certificate.pem"))
        .replace("/etc/letsencrypt/live/billing.example.com/privkey.pem;", &at("key.pem"))
        .replace("/srv/altostrat-billing;", &format!("{};", site.display()))
}

impl Nginx {
    async fn start(program: &Path, site: &Path, api: &str) -> Self {
        let home = ScratchFolder::new();
        let openssl = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"])
            .args(["-subj", "/CN=localhost", "-keyout", "key.pem", "-out", "certificate.pem"])
            .current_dir(&home.0)
            .stderr(Stdio::null())
            .status();
        assert!(openssl.await.expect("openssl makes a certificate").success());
        let ports = [free_port(), free_port()];
        // The sandbox speaks no TLS.
        let site_conf = adapted(CONFIGURATION, &home.0, site, ports)
            .replace("server v1.api.altostrat.io:443;", &format!("server {};", api.trim_start_matches("http://")))
            .replace("proxy_pass https://altostrat$api_uri;", "proxy_pass http://altostrat/api$api_uri;");
        write(&home.0, "site.conf", &site_conf.0);
        write(&home.0, "nginx.conf", &main_conf(&home.0, "site.conf"));
        let mut process = nginx(program, &home.0, "nginx.conf").kill_on_drop(true).spawn().expect("nginx starts");
        let origin = format!("https://127.0.0.1:{}", ports[1]);
        for _ in 0..500 {
            assert!(process.try_wait().expect("nginx can be asked").is_none(), "nginx has stopped");
            if tokio::net::TcpStream::connect(("127.0.0.1", ports[1])).await.is_ok() {
                return Self { origin, home, process };
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("nginx does not listen");
    }
}

fn write(home: &Path, name: &str, text: &str) {
    std::fs::write(home.join(name), text).expect("a file is written");
}

/// Debian's nginx.conf around a site, without the parts that need root.
fn main_conf(home: &Path, site: &str) -> String {
    let home = home.display();
    let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let folders = kinds.map(|kind| format!("{kind}_temp_path {home}/{kind};")).join(" ");
    format!(
        "daemon off; pid {home}/pid; error_log stderr warn; worker_processes 1; events {{}}\nhttp {{ access_log off; {folders} include {home}/{site}; }}"
    )
}

fn nginx(program: &Path, home: &Path, configuration: &str) -> Command {
    let mut command = Command::new(program);
    command.arg("-p").arg(home).arg("-c").arg(home.join(configuration)).stdin(Stdio::null());
    command
}

/// Sends a request from the page, and returns its status and its headers by their lower-case names.
async fn fetch(user: &User, method: &str, path: &str) -> Value {
    let script = "const [method, path, done] = arguments;
        fetch(path, { method }).then(reply => done({ status: reply.status, ...Object.fromEntries(reply.headers) }), error => done(String(error)));";
    let reply = user.client.execute_async(script, vec![json!(method), json!(path)]).await;
    reply.unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn program() -> Option<PathBuf> {
    let program = std::env::var_os("NGINX_PROGRAM").filter(|path| !path.is_empty()).map(PathBuf::from);
    if program.is_none() {
        print("nginx: skipped, NGINX_PROGRAM is not set");
    }
    program
}

/// Changes the page as `cargo xtask dist --api-base /api` builds it.
fn use_same_origin_api(copy: &SiteCopy) {
    let page = copy.file("index", ".html");
    let text = std::fs::read_to_string(&page).expect("the page is read");
    let text = Adapted(text)
        .replace(
            "altostrat-api-base\" content=\"https://v1.api.altostrat.io\"",
            "altostrat-api-base\" content=\"/api\"",
        )
        .replace("connect-src 'self' https://v1.api.altostrat.io", "connect-src 'self'");
    std::fs::write(page, text.0).expect("the page is written");
}

async fn create_and_edit(user: &User) {
    user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
    user.fill_required().await;
    user.press(CREATE).await;
    user.see("Billing account created").await;
    user.follow("Edit").await;
    user.fill("Name", "Karoo Broadband (EU)").await;
    user.press(SAVE).await;
    user.see("Billing account updated").await;
    user.see_heading("Karoo Broadband (EU)").await;
    user.reload().await;
    user.see_heading("Karoo Broadband (EU)").await;
    assert_eq!((user.sandbox.posts().len(), user.sandbox.accounts(ASSIGNED).len()), (1, 1));
    user.assert_clean_console().await;
}

async fn assert_headers(user: &User, copy: &SiteCopy) {
    let page = fetch(user, "GET", &list_of(ASSIGNED)).await;
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ("strict-transport-security", "max-age=31536000"),
        ("cache-control", "no-cache"),
        ("content-type", "text/html"),
    ] {
        assert_eq!(page[name], value, "{name}");
    }
    assert!(page["content-security-policy"].as_str().is_some_and(|policy| policy.ends_with("frame-ancestors 'none'")));

    for (start, end, kind) in [
        ("altostrat", "_bg.wasm", "application/wasm"),
        ("altostrat", ".js", "text/javascript"),
        ("main", ".css", "text/css"),
    ] {
        let file = copy.file(start, end);
        let path = format!("/{}", file.file_name().expect("it has a name").to_string_lossy());
        let length = std::fs::metadata(format!("{}.br", file.display())).expect("it is compressed").len().to_string();
        let reply = fetch(user, "GET", &path).await;
        assert_eq!(reply["content-encoding"], "br", "{path}");
        assert_eq!(reply["content-length"], length.as_str(), "{path}");
        assert_eq!(reply["content-type"], kind, "{path}");
        assert_eq!(reply["cache-control"], "public, max-age=31536000, immutable", "{path}");
        assert_eq!(reply["x-content-type-options"], "nosniff", "{path}");
        // A file of another build is missing, and the 404 is not cached.
        let other = fetch(user, "GET", &path.replacen('-', "-0123456789abcdef-", 1)).await;
        assert_eq!((&other["status"], &other["cache-control"]), (&json!(404), &json!("no-cache")), "{path}");
    }
    assert_eq!(fetch(user, "GET", "/favicon.ico").await["status"], 404);
    assert_eq!(fetch(user, "POST", "/workspaces").await["status"], 405);
    let api = fetch(user, "GET", "/api/workspaces").await;
    assert_eq!((&api["status"], &api["cache-control"]), (&json!(401), &json!("no-store")));
}

#[tokio::test]
async fn the_site_works_behind_the_nginx_of_deploy() {
    let Some(program) = program() else { return };
    let copy = SiteCopy::of_dist();
    use_same_origin_api(&copy);
    play(copy.folder(), Logs::Console, async |user| {
        let nginx = Nginx::start(&program, &copy.folder(), user.sandbox.origin()).await;
        let goto = async |path: &str| user.client.goto(&format!("{}{path}", nginx.origin)).await.expect("a page");
        goto(&new_in(ASSIGNED)).await;
        create_and_edit(user).await;
        assert_headers(user, &copy).await;

        user.sandbox.clear_requests();
        goto(&format!("{}/a%2F..%2Fb%3Fx%40", list_of(ASSIGNED))).await;
        user.see("Billing account not found").await;
        let path = format!("/api{}/a%2F..%2Fb%3Fx%40", list_of(ASSIGNED));
        assert!(user.sandbox.gets(&path) > 0, "an ID is passed on unchanged: {:?}", user.sandbox.requests());

        // The second configuration at least parses.
        let direct = adapted(DIRECT, &nginx.home.0, &copy.folder(), [free_port(), free_port()]);
        write(&nginx.home.0, "direct.conf", &direct.0);
        write(&nginx.home.0, "check.conf", &main_conf(&nginx.home.0, "direct.conf"));
        let check = self::nginx(&program, &nginx.home.0, "check.conf").arg("-t").stderr(Stdio::null()).status().await;
        assert!(check.expect("nginx starts").success(), "nginx refuses nginx-direct.conf");
        assert!(nginx.process.id().is_some());
    })
    .await;
}
