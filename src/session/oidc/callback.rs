//! The provider's answer to an authorization request: the query of `/callback`.
//!
//! Invariant: [`Callback::check`] is the only way to a [`CheckedCallback`], and it consumes the transaction, so a second
//! callback finds none.

use super::config::OidcConfig;
use super::form_encoding;
use super::provider_text::ProviderText;
use super::return_url::ReturnUrl;
use super::secret::Secret;
use super::transaction::Transaction;

/// Longest query that is read, in bytes.
const MAX_LENGTH: usize = 16_384;

/// An authorization code, which the token endpoint takes once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorizationCode(Secret);

impl AuthorizationCode {
    pub(super) fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// The query of `/callback` as it came, to hand to the tab that opened the popup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackQuery(Secret);

impl CallbackQuery {
    /// Keeps a query, with or without `?` in front; `None` for one that is longer than any callback.
    pub fn new(query: &str) -> Option<Self> {
        (query.len() <= MAX_LENGTH).then(|| Self(Secret::new(query)))
    }

    /// Reads it.
    pub fn parse(&self) -> Callback {
        Callback::parse(self.0.expose())
    }

    pub(super) fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// The provider's answer before it is compared with a transaction. Anyone can make a link to `/callback`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    state: Option<Secret>,
    iss: Option<String>,
    answer: Answer,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    Code(AuthorizationCode),
    Error(ProviderError, Option<ProviderText>),
    Unreadable,
}

/// A callback that belongs to this tab's transaction. Only it can be exchanged.
#[derive(Debug, PartialEq)]
pub struct CheckedCallback {
    pub(super) code: AuthorizationCode,
    pub(super) transaction: Transaction,
}

impl CheckedCallback {
    /// The page to return to: it replaces the callback's URL before anything is sent.
    pub const fn return_to(&self) -> &ReturnUrl {
        &self.transaction.return_to
    }
}

/// An `error` of the provider (RFC 6749, section 4.1.2.1; OpenID Connect Core 1.0, section 3.1.2.6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProviderError {
    /// `access_denied`: the user pressed Cancel, or may not use this app.
    AccessDenied,
    /// `login_required`: `prompt=none` was sent and the provider has no session.
    LoginRequired,
    /// `consent_required`: the provider must ask the user for consent.
    ConsentRequired,
    /// `interaction_required` or `account_selection_required`: the provider must ask the user something else.
    InteractionRequired,
    /// Any other error, by its code; `None` for one that cannot be shown.
    Other(Option<ProviderText>),
}

/// The reason why a callback is rejected. Nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallbackError {
    /// The provider returned an error. Its description, and a code that is not among the known ones, are kept only if
    /// the callback belongs to the transaction: anyone can make a link with a text of their own.
    Provider(ProviderError, Option<ProviderText>),
    /// This tab has no sign-in in progress: the callback was opened again, with Back, reload or a copied address.
    NoTransaction,
    /// The sign-in took longer than ten minutes.
    Expired,
    /// `state` is missing or differs from the transaction's.
    WrongState,
    /// `iss` names another issuer, or is missing although this provider always sends it (RFC 9207, section 2.4).
    WrongIssuer,
    /// There is neither a code nor an error, or a parameter is repeated.
    Unreadable,
}

/// A rejected callback with the page to show. Nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedCallback {
    /// The reason.
    pub error: CallbackError,
    /// The page that the user asked for, if this tab had a sign-in in progress.
    pub return_to: Option<ReturnUrl>,
    /// Whether the request was sent without user interaction; then `login_required` needs no explanation.
    pub was_silent: bool,
    /// Whether "Stay signed in in this tab" was ticked, if this tab had a sign-in in progress.
    pub remember: bool,
}

impl Callback {
    /// Reads the query of `/callback`, with or without `?` in front.
    pub fn parse(query: &str) -> Self {
        let unreadable = Self { state: None, iss: None, answer: Answer::Unreadable };
        if query.len() > MAX_LENGTH {
            return unreadable;
        }
        let parameters = form_encoding::decode(query);
        let mut is_repeated = false;
        let mut value = |wanted: &str| {
            let mut values = parameters.iter().filter(|(name, _)| name == wanted).map(|(_, value)| value.clone());
            let first = values.next();
            is_repeated |= values.next().is_some();
            first.filter(|value| !value.is_empty())
        };
        let (code, error, description) = (value("code"), value("error"), value("error_description"));
        let (state, iss) = (value("state"), value("iss"));
        // RFC 6749, section 3.1: no parameter may be repeated.
        if is_repeated {
            return unreadable;
        }
        let answer = match (error, code) {
            (Some(error), _) => {
                Answer::Error(ProviderError::parse(&error), description.as_deref().and_then(ProviderText::new))
            }
            (None, Some(code)) => Answer::Code(AuthorizationCode(Secret::new(&code))),
            (None, None) => Answer::Unreadable,
        };
        Self { state: state.as_deref().map(Secret::new), iss, answer }
    }

    /// Whether it answers this transaction, by `state` alone. A popup's callback reaches every tab, and only the tab that
    /// opened it may use up its transaction.
    pub fn belongs_to(&self, transaction: &Transaction) -> bool {
        transaction.secrets.state.matches(self.state.as_ref().map(Secret::expose))
    }

    /// Compares the callback with this tab's transaction, which is used up; `now` is in milliseconds since 1970.
    ///
    /// # Errors
    /// The reason for the rejection, with the page to show.
    pub fn check(
        self,
        transaction: Option<Transaction>,
        config: &OidcConfig,
        now: f64,
    ) -> Result<CheckedCallback, RejectedCallback> {
        let has_state = transaction.as_ref().is_some_and(|transaction| self.belongs_to(transaction));
        let has_issuer = match &self.iss {
            Some(iss) => iss == config.issuer().as_str(),
            None => !transaction.as_ref().is_some_and(|transaction| transaction.requires_iss),
        };
        let return_to = transaction.as_ref().map(|transaction| transaction.return_to.clone());
        let was_silent = has_state && transaction.as_ref().is_some_and(|transaction| transaction.is_silent);
        let remember = transaction.as_ref().is_some_and(|transaction| transaction.remember);
        let rejected = |error| RejectedCallback { error, return_to, was_silent, remember };
        let code = match self.answer {
            // RFC 9207, section 2.4: an error of another issuer is not read either.
            Answer::Error(..) if has_state && !has_issuer => return Err(rejected(CallbackError::WrongIssuer)),
            Answer::Error(error, description) if has_state => {
                return Err(rejected(CallbackError::Provider(error, description)));
            }
            Answer::Error(error, _) => return Err(rejected(CallbackError::Provider(error.without_text(), None))),
            Answer::Unreadable => return Err(rejected(CallbackError::Unreadable)),
            Answer::Code(code) => code,
        };
        match transaction {
            None => Err(rejected(CallbackError::NoTransaction)),
            Some(_) if !has_state => Err(rejected(CallbackError::WrongState)),
            Some(_) if !has_issuer => Err(rejected(CallbackError::WrongIssuer)),
            Some(transaction) if transaction.is_expired(now) => Err(rejected(CallbackError::Expired)),
            Some(transaction) => Ok(CheckedCallback { code, transaction }),
        }
    }
}

/// Whether a text looks like an error code, and not like a sentence for the user.
fn is_code(text: &str) -> bool {
    text.len() <= 64 && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

impl ProviderError {
    /// Without a text that anyone may have put into a link.
    fn without_text(self) -> Self {
        match self {
            Self::Other(_) => Self::Other(None),
            known => known,
        }
    }

    fn parse(code: &str) -> Self {
        match code {
            "access_denied" => Self::AccessDenied,
            "login_required" => Self::LoginRequired,
            "consent_required" => Self::ConsentRequired,
            "interaction_required" | "account_selection_required" => Self::InteractionRequired,
            other => Self::Other(is_code(other).then(|| ProviderText::new(other)).flatten()),
        }
    }
}

#[cfg(test)]
#[path = "callback_tests.rs"]
mod tests;
