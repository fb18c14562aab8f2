//! The countries of the address picker. Their names are the browser's (`Intl.DisplayNames`); the codes are ours.

/// The 249 officially assigned codes of ISO 3166-1 alpha-2, two letters each, sorted.
const CODES: &str = "\
ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCR\
CUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHU\
IDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQ\
MRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSI\
SJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW";

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
    (0..CODES.len()).step_by(2).map(|at| Country(&CODES[at..at + 2]))
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
