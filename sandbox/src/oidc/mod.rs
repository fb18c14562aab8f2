//! The sandbox's own OpenID Connect provider, under `/oidc`.
//!
//! | request | effect |
//! |---|---|
//! | `GET /oidc/.well-known/openid-configuration` | the discovery document |
//! | `GET /oidc/authorize` | the page "Sign in to the sandbox as"; with `prompt=none` a redirect |
//! | `POST /oidc/authorize` | signs a demo user in and redirects with a code |
//! | `POST /oidc/token` | exchanges a code (once, within 60 s, with PKCE) or a refresh token (which it replaces) |
//! | `GET /oidc/end_session` | ends the provider's session and redirects |
//!
//! The issuer is the origin that the request names in `Host`, with `/oidc`, so that `localhost` works too. Faults of the
//! network apply to paths with `/oidc` in `path_contains`; [`fault::IssuerFault`] makes the provider itself misbehave.

pub(crate) mod authorize;
pub(crate) mod fault;
pub(crate) mod issuer;
pub(crate) mod page;
pub(crate) mod parameters;
pub(crate) mod routes;
pub(crate) mod token;
