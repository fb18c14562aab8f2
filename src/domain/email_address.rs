//! Typing mistakes in an email address, and addresses that were pasted with something around them.

use crate::domain::text::trim;

/// Domains of widely used mail providers. An address at one of these is never questioned, and a domain that is one letter
/// away from one is probably a typing mistake.
///
/// Source: the default domains of mailcheck.js, and providers whose domains would otherwise look like a mistake.
pub const COMMON_DOMAINS: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "outlook.com",
    "yahoo.com",
    "icloud.com",
    "protonmail.com",
    "fastmail.com",
    "verizon.net",
    "comcast.net",
    "sbcglobal.net",
    "bellsouth.net",
    "btinternet.com",
    "rocketmail.com",
    "telkomsa.net",
    "mweb.co.za",
    "vodamail.co.za",
    "hotmail.co.uk",
    "hotmail.fr",
    "hotmail.it",
    "hotmail.es",
    "hotmail.de",
    "outlook.fr",
    "outlook.de",
    "outlook.es",
    "yahoo.co.uk",
    "yahoo.co.za",
    "yahoo.co.in",
    "yahoo.co.jp",
    "yahoo.fr",
    "yahoo.de",
    "yahoo.es",
    "yahoo.it",
    "yahoo.ca",
    "t-online.de",
    "freenet.de",
    "bigpond.com",
    "orange.fr",
    "wanadoo.fr",
    "laposte.net",
    "libero.it",
    "naver.com",
    "yandex.ru",
    "yandex.com",
    "mail.com",
    "email.com",
    "ymail.com",
    "gmx.com",
    "gmx.net",
    "gmx.de",
    "gmx.at",
    "gmx.ch",
    "web.de",
    "live.com",
    "msn.com",
    "aol.com",
    "me.com",
    "mac.com",
    "mail.ru",
    "qq.com",
    "163.com",
];

/// The shortest domain that is suggested: among shorter ones, a letter apart is another company.
const SHORTEST_SUGGESTED: usize = "gmail.com".len();

/// The address with the domain that was probably meant; `None` when the domain looks right.
pub fn suggest_email(email: &str) -> Option<String> {
    let (name, domain) = trim(email).rsplit_once('@')?;
    let domain = domain.to_ascii_lowercase();
    if COMMON_DOMAINS.contains(&domain.as_str()) {
        return None;
    }
    let mut long = COMMON_DOMAINS.iter().filter(|common| common.len() >= SHORTEST_SUGGESTED);
    long.find(|common| is_one_letter_away(&domain, common)).map(|common| format!("{name}@{common}"))
}

/// Whether one text becomes the other when a letter is added, removed or replaced, or when two neighbours change places.
fn is_one_letter_away(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same_start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same_start..], &b[same_start..]);
    let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&a[..a.len() - same_end], &b[..b.len() - same_end]) {
        ([_], [] | [_]) | ([], [_]) => true,
        ([first, second], [third, fourth]) => first == fourth && second == third,
        _ => false,
    }
}

/// The address in a pasted `mailto:a@b.c` or `Name <a@b.c>`; `None` for any other text, which stays.
pub fn extract_email(pasted: &str) -> Option<&str> {
    let text = trim(pasted);
    let inner = match text.split_once('<') {
        Some((_, rest)) => trim(rest).strip_suffix('>')?,
        None => text,
    };
    let address = match inner.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:")) {
        Some(_) => inner[7..].split('?').next().unwrap_or_default(),
        None => inner,
    };
    let address = trim(address);
    // Several addresses, or an encoded one: which is meant is for the user to say.
    let is_single = address.matches('@').count() == 1
        && !address.contains(|c: char| c.is_whitespace() || ['<', '>', ',', ';', '%', ':'].contains(&c));
    (is_single && address != text).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_one_letter_away_from_a_common_one_is_questioned() {
        for (typed, meant) in [
            ("jo@gmial.com", "jo@gmail.com"),
            ("jo@gmai.com", "jo@gmail.com"),
            ("jo@gmaill.com", "jo@gmail.com"),
            ("Jo.Doe+x@GNAIL.com ", "Jo.Doe+x@gmail.com"),
            ("jo@gmail.co", "jo@gmail.com"),
            ("jo@hotmial.com", "jo@hotmail.com"),
            ("jo@outlok.com", "jo@outlook.com"),
            ("jo@yaho.co.uk", "jo@yahoo.co.uk"),
            ("jo@iclould.com", "jo@icloud.com"),
        ] {
            assert_eq!(suggest_email(typed).as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn other_domains_are_not_questioned() {
        for typed in ["", "jo", "jo@", "jo@acme.com", "jo@gmal.co", "jo@love.com", "jo@gmx.us", "jo@grail.community"] {
            assert_eq!(suggest_email(typed), None, "{typed}");
        }
        for domain in COMMON_DOMAINS {
            assert_eq!(suggest_email(&format!("jo@{domain}")), None, "{domain}");
        }
    }

    #[test]
    fn a_pasted_address_loses_what_is_around_it() {
        for (pasted, address) in [
            ("mailto:a@b.c", "a@b.c"),
            (" MAILTO:a@b.c?subject=Invoice%201 ", "a@b.c"),
            ("Name <a@b.c>", "a@b.c"),
            ("\"Doe, Jane\" <a@b.c>", "a@b.c"),
            ("<a@b.c>", "a@b.c"),
            ("Jane <mailto:a@b.c>", "a@b.c"),
            ("jane@home.example <a@b.c>", "a@b.c"),
        ] {
            assert_eq!(extract_email(pasted), Some(address), "{pasted}");
        }
    }

    #[test]
    fn other_pasted_texts_stay_as_they_are() {
        let several = "A <a@b.c>, B <d@e.f>";
        for pasted in ["a@b.c", " a@b.c ", "", "Name", "Name <>", "Name <a@b.c", "mailto:", several, "mailto:a%2Bx@b.c"]
        {
            assert_eq!(extract_email(pasted), None, "{pasted}");
        }
    }
}
