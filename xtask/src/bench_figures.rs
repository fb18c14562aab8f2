//! The figures of two builds, and which of them differ by more than the noise.

use std::fmt;

/// A build that is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Build {
    /// The earlier commit.
    Before,
    /// The working copy.
    After,
}

/// The figures in the order in which they were first recorded. All are better when they are smaller.
#[derive(Default)]
pub(crate) struct Figures(Vec<Figure>);

struct Figure {
    name: String,
    before: Vec<f64>,
    after: Vec<f64>,
}

impl Figures {
    /// Adds the values of an output: lines with the word `figure`, a name and a value, with tabs between.
    pub(crate) fn record_all(&mut self, build: Build, output: &str) {
        for line in output.lines() {
            // The test harness may print its own text in front, without a line break.
            let Some((_, figure)) = line.split_once("figure\t") else { continue };
            if let Some((name, value)) = figure.split_once('\t')
                && let Ok(value) = value.parse()
            {
                self.record(build, name, value);
            }
        }
    }

    pub(crate) fn record(&mut self, build: Build, name: &str, value: f64) {
        let at = self.0.iter().position(|figure| figure.name == name).unwrap_or_else(|| {
            self.0.push(Figure { name: name.to_owned(), before: Vec::new(), after: Vec::new() });
            self.0.len() - 1
        });
        match build {
            Build::Before => self.0[at].before.push(value),
            Build::After => self.0[at].after.push(value),
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<40}{:>10}{:>10}{:>10}{:>10}", "median", "before", "after", "change", "noise")?;
        for figure in &self.0 {
            let [before, after] = [&figure.before, &figure.after].map(|values| quantile(values, 0.5));
            let (change, noise) = (after - before, figure.noise());
            write!(f, "{:<40}{before:>10.1}{after:>10.1}{change:>+10.1}{noise:>10.1}", figure.name)?;
            match change {
                _ if change.abs() <= noise => writeln!(f)?,
                ..0.0 => writeln!(f, "  better")?,
                _ => writeln!(f, "  worse")?,
            }
        }
        write!(
            f,
            "\nA figure is better or worse if its change is larger than the noise: the larger of the two builds'"
        )?;
        write!(f, " interquartile ranges.")
    }
}

impl Figure {
    /// The larger interquartile range of the two builds.
    fn noise(&self) -> f64 {
        let range = |values| quantile(values, 0.75) - quantile(values, 0.25);
        range(&self.before).max(range(&self.after))
    }
}

/// The quantile of some values, interpolated between the two nearest ones; not a number without values.
fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let position = share * (sorted.len() as f64 - 1.0);
    let (below, above) = (position.floor() as usize, position.ceil() as usize);
    match (sorted.get(below), sorted.get(above)) {
        (Some(below), Some(above)) => below + (above - below) * position.fract(),
        _ => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(before: &[f64], after: &[f64]) -> Figures {
        Figures(vec![Figure { name: "interactive, ms".to_owned(), before: before.into(), after: after.into() }])
    }

    /// The row of the only figure.
    fn row(before: &[f64], after: &[f64]) -> String {
        figures(before, after).to_string().lines().nth(1).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_quantile_is_interpolated() {
        assert_eq!(
            [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| quantile(&[4.0, 1.0, 3.0, 2.0], share)),
            [1.0, 1.75, 2.5, 3.25, 4.0]
        );
        assert_eq!(quantile(&[7.0], 0.25), 7.0);
        assert!(quantile(&[], 0.5).is_nan());
    }

    #[test]
    fn a_change_within_the_noise_is_not_reported() {
        assert_eq!(row(&[100.0, 104.0, 102.0], &[98.0, 100.0, 99.0]), "interactive, ms 102.0 99.0 -3.0 2.0 better");
        assert_eq!(row(&[100.0, 110.0, 102.0], &[98.0, 100.0, 99.0]), "interactive, ms 102.0 99.0 -3.0 5.0");
        assert_eq!(row(&[98.0, 100.0, 99.0], &[100.0, 110.0, 102.0]), "interactive, ms 99.0 102.0 +3.0 5.0");
        assert_eq!(row(&[5.0, 5.0], &[5.0, 5.0]), "interactive, ms 5.0 5.0 +0.0 0.0");
        assert_eq!(row(&[5.0, 5.0], &[5.1, 5.1]), "interactive, ms 5.0 5.1 +0.1 0.0 worse");
    }

    #[test]
    fn figures_are_read_from_the_output_of_the_tests() {
        let output =
            "running 1 test\nfigure\trequests\t4\ntest a ... figure\tinteractive, ms\t203.5\n.\ntest result: ok";
        let mut figures = Figures::default();
        figures.record_all(Build::Before, output);
        figures.record_all(Build::After, &output.replace("203.5", "201"));
        let read: Vec<_> =
            figures.0.iter().map(|Figure { name, before, after }| (&**name, &before[..], &after[..])).collect();
        assert_eq!(read, [("requests", &[4.0][..], &[4.0][..]), ("interactive, ms", &[203.5], &[201.0])]);
    }
}
