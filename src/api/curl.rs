//! A request as a command for a shell, for tickets and scripts. Pure.

use crate::api::transport::Method;

/// The request as a `curl` command for any POSIX shell. It holds no token: the shell puts in `$ALTOSTRAT_TOKEN`. All the
/// rest stands in single quotes, in which a shell reads nothing but the next quote.
pub fn curl(method: Method, url: &str, body: Option<&str>) -> String {
    let method = method.to_string();
    let mut command = ["curl --request ", &method, NEXT_LINE, "--header 'Accept: application/json'"].concat();
    command += NEXT_LINE;
    command += "--header \"Authorization: Bearer $ALTOSTRAT_TOKEN\"";
    if let Some(body) = body {
        command += NEXT_LINE;
        command += "--header 'Content-Type: application/json'";
        command += NEXT_LINE;
        // Not `--data`, to which a leading `@` would name a file.
        command += "--data-raw ";
        command += &shell_quote(body);
    }
    command += NEXT_LINE;
    command += &shell_quote(url);
    command
}

/// The command goes on in the next line.
const NEXT_LINE: &str = " \\\n  ";

/// One word, whatever it holds. A quote ends the quoting, stands for itself behind a backslash, and begins it again.
fn shell_quote(text: &str) -> String {
    ["'", &text.replace('\'', "'\\''"), "'"].concat()
}
