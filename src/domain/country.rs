//! The countries of the address picker. Their names are the browser's (`Intl.DisplayNames`); the codes are ours.

/// The 249 officially assigned codes of ISO 3166-1 alpha-2, sorted, with a blank between two.
pub const CODES: &str = "\
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO \
FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE \
JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO \
MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW \
PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM \
TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// A country code: two capital letters. It need not be in our list: an account may hold one that is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Country<'a>(&'a str);

impl<'a> Country<'a> {
    /// Reads a code; `None` for anything but two capital letters.
    pub fn parse(code: &'a str) -> Option<Self> {
        (code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())).then_some(Self(code))
    }

    /// Its two letters.
    pub fn code(self) -> &'a str {
        self.0
    }
}

/// Every code of the list.
pub fn all() -> impl Iterator<Item = Country<'static>> {
    CODES.split(' ').map(Country)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_every_assigned_code_once_in_order() {
        let codes: Vec<_> = all().collect();
        assert_eq!(codes.len(), 249);
        assert!(codes.is_sorted_by(|a, b| a < b));
        assert!(codes.iter().all(|country| Country::parse(country.code()).is_some()));
    }

    #[test]
    fn only_two_capital_letters_are_a_code() {
        for bad in ["", "Z", "za", "ZAF", "Z1", "ÄÖ", "ZÄ"] {
            assert_eq!(Country::parse(bad), None, "{bad}");
        }
    }
}
