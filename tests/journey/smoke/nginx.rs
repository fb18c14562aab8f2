//! The site behind nginx with `deploy/nginx.conf`, as a stranger would deploy it. `NGINX_PROGRAM` names the program;
//! without it the story is skipped, and a line says so.

use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use sandbox::Demo;
use serde_json::{Value, json};
use tokio::process::{Child, Command};

use crate::harness::driver::{Logs, ScratchFolder};
use crate::harness::fixtures::{ASSIGNED, list_of, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::site::SiteCopy;
use crate::harness::stage::play;
use crate::harness::user::User;

const CONFIGURATION: &str = include_str!("../../../deploy/nginx.conf");
const DIRECT: &str = include_str!("../../../deploy/nginx-direct.conf");

/// A configuration of `deploy/` with one line in place of another.
struct Adapted(String);

impl Adapted {
    fn with(self, line: &str, other: &str) -> Self {
        assert_eq!(self.0.matches(line).count(), 1, "the configuration has one “{line}”");
        Self(self.0.replacen(line, other, 1))
    }
}

/// A running nginx, ended when dropped.
struct Nginx {
    origin: String,
    home: ScratchFolder,
    process: Child,
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("it has an address").port()
}

/// What is this machine's own in place of what is the stranger's.
fn adapted(configuration: &str, home: &Path, site: &Path, ports: [u16; 2]) -> Adapted {
    let at = |name: &str| format!("{};", home.join(name).display());
    Adapted(configuration.to_owned())
        .with("    listen [::]:80;\n", "")
        .with("    listen [::]:443 ssl http2;\n", "")
        .with("listen 80;", &format!("listen 127.0.0.1:{};", ports[0]))
        .with("listen 443 ssl http2;", &format!("listen 127.0.0.1:{} ssl http2;", ports[1]))
        .with("/etc/letsencrypt/live/billing.example.com/fullchain.pem;", &at("certificate.pem"))
        .with("/etc/letsencrypt/live/billing.example.com/privkey.pem;", &at("key.pem"))
        .with("/srv/altostrat-billing;", &format!("{};", site.display()))
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
            .with("server v1.api.altostrat.io:443;", &format!("server {};", api.trim_start_matches("http://")))
            .with("proxy_pass https://altostrat$api_uri;", "proxy_pass http://altostrat/api$api_uri;");
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

/// What Debian's own nginx.conf is around a site, less what only root may do.
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

/// The status and the headers, by their names in lower case, of a request sent by the page.
async fn fetched(user: &User, method: &str, path: &str) -> Value {
    let script = "const [method, path, done] = arguments;
        fetch(path, { method }).then(reply => done({ status: reply.status, ...Object.fromEntries(reply.headers) }), error => done(String(error)));";
    let reply = user.client.execute_async(script, vec![json!(method), json!(path)]).await;
    reply.unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn program() -> Option<PathBuf> {
    let program = std::env::var_os("NGINX_PROGRAM").filter(|path| !path.is_empty()).map(PathBuf::from);
    if program.is_none() {
        // Not with `println!`, which nobody sees of a test that passes.
        writeln!(std::io::stdout(), "nginx: skipped, NGINX_PROGRAM is not set").expect("standard output takes a line");
    }
    program
}

/// The page as `cargo xtask dist --api-base /api` makes it.
fn at_the_same_origin(copy: &SiteCopy) {
    let page = copy.file("index", ".html");
    let text = std::fs::read_to_string(&page).expect("the page is read");
    let text = Adapted(text)
        .with("altostrat-api-base\" content=\"https://v1.api.altostrat.io\"", "altostrat-api-base\" content=\"/api\"")
        .with("connect-src 'self' https://v1.api.altostrat.io", "connect-src 'self'");
    std::fs::write(page, text.0).expect("the page is written");
}

async fn create_and_edit(user: &User) {
    user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
    user.fill("Name", "Karoo Broadband").await;
    user.fill("Email", "billing@karoo.example.com").await;
    user.press("Create billing account").await;
    user.see("Billing account created").await;
    user.follow("Edit").await;
    user.fill("Name", "Karoo Broadband (EU)").await;
    user.press("Save changes").await;
    user.see("Billing account updated").await;
    user.see_heading("Karoo Broadband (EU)").await;
    user.reload().await;
    user.see_heading("Karoo Broadband (EU)").await;
    assert_eq!((user.sandbox.posts().len(), user.sandbox.accounts(ASSIGNED).len()), (1, 1));
    user.assert_clean_console().await;
}

async fn headers_are_those_of_the_file(user: &User, copy: &SiteCopy) {
    let page = fetched(user, "GET", &list_of(ASSIGNED)).await;
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
        let length = std::fs::metadata(format!("{}.br", file.display())).expect("it is packed").len().to_string();
        let reply = fetched(user, "GET", &path).await;
        assert_eq!(reply["content-encoding"], "br", "{path}");
        assert_eq!(reply["content-length"], length.as_str(), "{path}");
        assert_eq!(reply["content-type"], kind, "{path}");
        assert_eq!(reply["cache-control"], "public, max-age=31536000, immutable", "{path}");
        assert_eq!(reply["x-content-type-options"], "nosniff", "{path}");
        // Of another deployment: not there, and not remembered as that.
        let other = fetched(user, "GET", &path.replacen('-', "-0123456789abcdef-", 1)).await;
        assert_eq!((&other["status"], &other["cache-control"]), (&json!(404), &json!("no-cache")), "{path}");
    }
    assert_eq!(fetched(user, "GET", "/favicon.ico").await["status"], 404);
    assert_eq!(fetched(user, "POST", "/workspaces").await["status"], 405);
    let api = fetched(user, "GET", "/api/workspaces").await;
    assert_eq!((&api["status"], &api["cache-control"]), (&json!(401), &json!("no-store")));
}

#[tokio::test]
async fn the_app_works_behind_nginx_as_deployed() {
    let Some(program) = program() else { return };
    let copy = SiteCopy::of_dist();
    at_the_same_origin(&copy);
    play(copy.folder(), Logs::Console, async |user| {
        let nginx = Nginx::start(&program, &copy.folder(), user.sandbox.origin()).await;
        let goto = async |path: &str| user.client.goto(&format!("{}{path}", nginx.origin)).await.expect("a page");
        goto(&new_in(ASSIGNED)).await;
        create_and_edit(user).await;
        headers_are_those_of_the_file(user, &copy).await;

        user.sandbox.clear_requests();
        goto(&format!("{}/a%2F..%2Fb%3Fx%40", list_of(ASSIGNED))).await;
        user.see("There is no such billing account").await;
        let path = format!("/api{}/a%2F..%2Fb%3Fx%40", list_of(ASSIGNED));
        assert!(user.sandbox.gets(&path) > 0, "an id comes as it was sent: {:?}", user.sandbox.requests());

        // The other configuration is at least one.
        let direct = adapted(DIRECT, &nginx.home.0, &copy.folder(), [free_port(), free_port()]);
        write(&nginx.home.0, "direct.conf", &direct.0);
        write(&nginx.home.0, "check.conf", &main_conf(&nginx.home.0, "direct.conf"));
        let checked = self::nginx(&program, &nginx.home.0, "check.conf").arg("-t").stderr(Stdio::null()).status().await;
        assert!(checked.expect("nginx starts").success(), "nginx refuses nginx-direct.conf");
        assert!(nginx.process.id().is_some());
    })
    .await;
}
