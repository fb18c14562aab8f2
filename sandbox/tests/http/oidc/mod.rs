//! The OpenID Connect provider under `/oidc`.

mod faults;
mod provider;
mod token;
