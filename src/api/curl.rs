//! A request as a `curl` command, for support tickets and scripts. Pure.

use crate::api::transport::Method;

/// The request as a `curl` command for any POSIX shell.
///
/// Invariant: it contains no token. The shell expands `$ALTOSTRAT_TOKEN`; all other values are in single quotes, in
/// which a shell expands nothing.
pub fn curl(method: Method, url: &str, body: Option<&str>) -> String {
    let method = method.to_string();
    let mut command = ["curl --request ", &method, NEXT_LINE, "--header 'Accept: application/json'"].concat();
    command += NEXT_LINE;
    command += "--header \"Authorization: Bearer $ALTOSTRAT_TOKEN\"";
    if let Some(body) = body {
        command += NEXT_LINE;
        command += "--header 'Content-Type: application/json'";
        command += NEXT_LINE;
        // Not `--data`, which reads a file if the value starts with `@`.
        command += "--data-raw ";
        command += &shell_quote(body);
    }
    command += NEXT_LINE;
    command += &shell_quote(url);
    command
}

/// A line continuation.
const NEXT_LINE: &str = " \\\n  ";

/// `text` as one word of a POSIX shell, in single quotes. A quote in it becomes `'\''`: it closes the quotes, follows
/// as an escaped quote, and opens them again.
fn shell_quote(text: &str) -> String {
    ["'", &text.replace('\'', "'\\''"), "'"].concat()
}
