//! A client of the issuer, as a browser with an app in it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::RequestBuilder;
use sandbox::CLIENT_ID;
use serde_json::Value;

use super::{Reply, TestServer};

/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const REDIRECT_URI: &str = "http://localhost:1/callback";

pub(crate) struct Client<'a> {
    server: &'a TestServer,
    cookie: String,
}

impl<'a> Client<'a> {
    pub(crate) fn new(server: &'a TestServer) -> Self {
        Self { server, cookie: String::new() }
    }

    pub(crate) fn state(&self) -> &'static str {
        "state-of-the-client"
    }

    pub(crate) fn nonce(&self) -> &'static str {
        "nonce-of-the-client"
    }

    pub(crate) fn verifier(&self) -> &'static str {
        VERIFIER
    }

    /// The authorization request, with some parameters changed. An empty value leaves a parameter out.
    pub(crate) async fn authorize(&self, changes: &[(&str, &str)]) -> Reply {
        let parameters = [
            ("response_type", "code"),
            ("client_id", CLIENT_ID),
            ("redirect_uri", REDIRECT_URI),
            ("scope", "openid profile email offline_access"),
            ("audience", "https://api.altostrat.io"),
            ("state", self.state()),
            ("nonce", self.nonce()),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        let path = format!("/oidc/authorize?{}", encode(&parameters, changes));
        Reply::of(self.server.request("GET", &path).header("cookie", &self.cookie)).await
    }

    /// Presses a button of the page and returns the callback's URL.
    pub(crate) async fn choose(&mut self, user: &str) -> String {
        self.choose_with(user, &[]).await
    }

    async fn choose_with(&mut self, user: &str, changes: &[(&str, &str)]) -> String {
        let page = self.authorize(changes).await.text();
        let (_, rest) = page.split_once(r#"name="request" value=""#).expect("a form");
        let (key, _) = rest.split_once('"').expect("a value");
        let form = encode(&[("request", key), ("user", user)], &[]);
        let reply = Reply::of(self.server.request("POST", "/oidc/authorize").body(form)).await;
        assert_eq!(reply.status, 303, "{}", reply.text());
        self.keep_cookie(&reply);
        reply.header("location").to_owned()
    }

    pub(crate) async fn code(&mut self, user: &str) -> String {
        self.code_with(user, &[]).await
    }

    pub(crate) async fn code_with(&mut self, user: &str, changes: &[(&str, &str)]) -> String {
        let callback = self.choose_with(user, changes).await;
        assert!(callback.starts_with(REDIRECT_URI), "{callback}");
        parameter(&callback, "code").expect("a code")
    }

    pub(crate) async fn exchange(&self, code: &str, changes: &[(&str, &str)]) -> Reply {
        let parameters = [
            ("grant_type", "authorization_code"),
            ("client_id", CLIENT_ID),
            ("code", code),
            ("code_verifier", VERIFIER),
            ("redirect_uri", REDIRECT_URI),
        ];
        Reply::of(self.form(encode(&parameters, changes))).await
    }

    pub(crate) async fn refresh(&self, token: &str) -> Reply {
        let parameters = [("grant_type", "refresh_token"), ("client_id", CLIENT_ID), ("refresh_token", token)];
        Reply::of(self.token_request(&parameters)).await
    }

    pub(crate) fn token_request(&self, parameters: &[(&str, &str)]) -> RequestBuilder {
        self.form(encode(parameters, &[]))
    }

    fn form(&self, form: String) -> RequestBuilder {
        let request = self.server.request("POST", "/oidc/token");
        request.header("content-type", "application/x-www-form-urlencoded").body(form)
    }

    /// Signs in and returns the token response.
    pub(crate) async fn sign_in(&mut self, user: &str) -> Value {
        let code = self.code(user).await;
        let reply = self.exchange(&code, &[]).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.json()
    }

    pub(crate) async fn end_session(&mut self, parameters: &[(&str, &str)]) -> Reply {
        let path = format!("/oidc/end_session?{}", encode(parameters, &[]));
        let reply = Reply::of(self.server.request("GET", &path).header("cookie", &self.cookie)).await;
        self.keep_cookie(&reply);
        reply
    }

    fn keep_cookie(&mut self, reply: &Reply) {
        if let Some((pair, _)) = reply.header("set-cookie").split_once(';') {
            pair.clone_into(&mut self.cookie);
        }
    }

    /// The claims of a token in a response.
    pub(crate) fn claims(&self, tokens: &Value, name: &str) -> Value {
        let token = tokens[name].as_str().expect("a token");
        let payload = token.split('.').nth(1).expect("three parts");
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).expect("base64url")).expect("JSON")
    }
}

/// A parameter of a URL's query.
pub(crate) fn parameter(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

fn encode(parameters: &[(&str, &str)], changes: &[(&str, &str)]) -> String {
    let kept = parameters.iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    let all = kept.chain(changes).filter(|(_, value)| !value.is_empty());
    form_urlencoded::Serializer::new(String::new()).extend_pairs(all).finish()
}
