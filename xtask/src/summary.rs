//! The results of the steps of `cargo xtask test`.

use std::fmt;
use std::ops::AddAssign;
use std::time::Duration;

/// The number of tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Counts {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl Counts {
    /// Parses the `test result:` lines of libtest, which wasm-bindgen's runner prints too.
    pub(crate) fn parse(output: &str) -> Self {
        let mut counts = Self::default();
        for line in output.lines() {
            let Some((_, result)) = line.split_once("test result: ") else {
                continue;
            };
            let count = |label: &str| {
                let (number, _) = result.split_once(label)?;
                number.rsplit([' ', '.', ';']).find(|word| !word.is_empty())?.parse::<u32>().ok()
            };
            counts +=
                Self { passed: count(" passed").unwrap_or_default(), failed: count(" failed").unwrap_or_default() };
        }
        counts
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// The result of a step, as a row of the summary.
#[derive(Default)]
pub(crate) struct Row {
    pub(crate) step: &'static str,
    pub(crate) counts: Counts,
    /// The reason why the step failed or could not run.
    pub(crate) failure: Option<String>,
    /// The skipped checks with their reasons.
    pub(crate) notes: Vec<String>,
    pub(crate) duration: Duration,
}

/// All results, printable as a table with notes and a last line `N passed, N failed`.
#[derive(Default)]
pub(crate) struct Results(pub(crate) Vec<Row>);

impl Results {
    /// The sum of all tests. A failed step without a failed test counts as one failure.
    pub(crate) fn total(&self) -> Counts {
        let mut total = Counts::default();
        for Row { counts, failure, .. } in &self.0 {
            total += *counts;
            total.failed += u32::from(failure.is_some() && counts.failed == 0);
        }
        total
    }

    /// Whether `step` failed; `None` if it did not run.
    pub(crate) fn failed(&self, step: &str) -> Option<bool> {
        let row = self.0.iter().find(|row| row.step == step)?;
        Some(row.failure.is_some())
    }
}

impl fmt::Display for Results {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<10}{:<10}{:>8}{:>8}{:>10}", "step", "result", "passed", "failed", "seconds")?;
        for Row { step, counts, failure, duration, .. } in &self.0 {
            let result = if failure.is_some() { "FAILED" } else { "ok" };
            let [passed, failed] = match counts {
                Counts { passed: 0, failed: 0 } => ["-".into(), "-".into()],
                counts => [counts.passed, counts.failed].map(|count| count.to_string()),
            };
            write!(f, "{step:<10}{result:<10}{passed:>8}{failed:>8}{:>10.1}", duration.as_secs_f64())?;
            match failure {
                Some(failure) => writeln!(f, "  {failure}")?,
                None => writeln!(f)?,
            }
        }
        for note in self.0.iter().flat_map(|row| &row.notes) {
            writeln!(f, "{note}")?;
        }
        let Counts { passed, failed } = self.total();
        write!(f, "\n{passed} passed, {failed} failed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(step: &'static str, passed: u32, failed: u32, failure: Option<&str>) -> Row {
        Row { step, counts: Counts { passed, failed }, failure: failure.map(str::to_owned), ..Row::default() }
    }

    #[test]
    fn the_results_of_several_binaries_are_summed() {
        let output = "\
running 3 tests
test a ... ok
test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s

test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 filtered out; finished in 1.20s
";
        assert_eq!(Counts::parse(output), Counts { passed: 13, failed: 2 });
    }

    #[test]
    fn output_without_results_counts_nothing() {
        assert_eq!(Counts::parse("error: could not compile\n3 passed; 1 failed"), Counts::default());
        assert_eq!(Counts::parse("test result: interrupted"), Counts::default());
    }

    #[test]
    fn a_failed_step_without_a_failed_test_counts_as_failed() {
        let results = Results(vec![row("fmt", 0, 0, Some("failed")), row("host", 5, 2, Some("2 tests failed"))]);
        assert_eq!(results.total(), Counts { passed: 5, failed: 3 });
    }

    #[test]
    fn the_last_line_of_the_summary_is_the_sum() {
        let results = Results(vec![row("fmt", 0, 0, None), row("host", 5, 0, None)]);
        assert_eq!(results.to_string().lines().last(), Some("5 passed, 0 failed"));
    }

    #[test]
    fn each_skipped_check_has_its_own_line() {
        let mut journey = row("journey", 9, 0, None);
        journey.notes = ["axe-core: skipped, npm not found", "nginx: skipped, no openssl"].map(str::to_owned).into();
        let results = Results(vec![journey, row("later", 1, 0, None)]).to_string();
        for note in ["axe-core: skipped, npm not found", "nginx: skipped, no openssl"] {
            assert!(results.lines().any(|line| line == note), "{results}");
        }
        assert_eq!(results.lines().last(), Some("10 passed, 0 failed"));
    }
}
