//! Child processes. Each runs in its own process group, so that compilers and browsers deep in the tree end with the
//! step that started them.

use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// The time between two checks whether a child has ended.
const POLL_INTERVAL: Duration = Duration::from_millis(50);
/// The time between two progress messages without a terminal. CI systems may stop a silent job.
const PROGRESS_INTERVAL: Duration = Duration::from_secs(30);
/// The time that a child has to end after SIGTERM, before SIGKILL.
const GRACE_PERIOD: Duration = Duration::from_secs(3);

static RUNNING: Mutex<Vec<u32>> = Mutex::new(Vec::new());
static STOPPING: AtomicBool = AtomicBool::new(false);

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// A command that runs `program` at the root of the repository.
pub(crate) fn command(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    command.current_dir(root());
    command
}

/// A command for the cargo that runs this program.
pub(crate) fn cargo<const N: usize>(arguments: [&str; N]) -> Command {
    let mut cargo = command(std::env::var_os("CARGO").map_or("cargo".into(), PathBuf::from));
    cargo.args(arguments);
    cargo
}

/// Ends all children on Ctrl-C, SIGTERM and SIGHUP. A terminal sends Ctrl-C only to this program's own process group.
pub(crate) fn kill_children_on_signal() -> Result<()> {
    ctrlc::set_handler(|| {
        STOPPING.store(true, Ordering::SeqCst);
        let groups = running().clone();
        groups.iter().for_each(|&group| signal(group, Signal::Term));
        let deadline = Instant::now() + GRACE_PERIOD;
        while Instant::now() < deadline && groups.iter().any(|&group| has_members(group)) {
            thread::sleep(POLL_INTERVAL);
        }
        groups.iter().for_each(|&group| signal(group, Signal::Kill));
        std::process::exit(130);
    })
    .context("can't handle Ctrl-C")
}

/// A running command with all its descendants. Dropping it ends them.
pub(crate) struct ProcessGroup(Child);

impl ProcessGroup {
    pub(crate) fn spawn(command: &mut Command) -> Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        // Locked while spawning, so that the signal handler can't miss the new child.
        let mut running = running();
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .with_context(|| format!("can't start {}", command.get_program().display()))?;
        running.push(child.id());
        Ok(Self(child))
    }

    /// The exit status, or `None` while the command runs.
    fn try_wait(&mut self) -> Result<Option<ExitStatus>> {
        let status = self.0.try_wait()?;
        while status.is_some() && STOPPING.load(Ordering::SeqCst) {
            // The signal handler ended the child and is about to exit, so this is not a failure to report.
            thread::sleep(POLL_INTERVAL);
        }
        Ok(status)
    }

    fn wait(&mut self, label: &str, limit: Option<Duration>) -> Result<ExitStatus> {
        let start = Instant::now();
        let mut next = PROGRESS_INTERVAL;
        loop {
            if let Some(status) = self.try_wait()? {
                return Ok(status);
            }
            let elapsed = start.elapsed();
            if limit.is_some_and(|limit| elapsed > limit) {
                bail!("{label} took longer than {} s and was stopped", limit.unwrap_or_default().as_secs());
            }
            if elapsed >= next {
                next += PROGRESS_INTERVAL;
                if !std::io::stderr().is_terminal() {
                    eprintln!("... {label}: {} s", elapsed.as_secs());
                }
            }
            thread::sleep(POLL_INTERVAL);
        }
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        let group = self.0.id();
        signal(group, Signal::Term);
        let deadline = Instant::now() + GRACE_PERIOD;
        while matches!(self.0.try_wait(), Ok(None)) && Instant::now() < deadline {
            thread::sleep(POLL_INTERVAL);
        }
        signal(group, Signal::Kill);
        let _ = self.0.kill();
        let _ = self.0.wait();
        running().retain(|&other| other != group);
    }
}

/// Waits until one of the commands ends, and reports that as an error.
pub(crate) fn wait_for_any(groups: &mut [(&str, ProcessGroup)]) -> Result<()> {
    loop {
        for (name, group) in groups.iter_mut() {
            if let Some(status) = group.try_wait()? {
                bail!("{name} has ended ({status})");
            }
        }
        thread::sleep(POLL_INTERVAL);
    }
}

/// Runs a command to its end, with its output passed through.
pub(crate) fn run(label: &str, command: &mut Command) -> Result<()> {
    let status = ProcessGroup::spawn(command)?.wait(label, None)?;
    if !status.success() {
        bail!("{label} failed ({status})");
    }
    Ok(())
}

/// Runs a command to its end, with its output passed through, and also returns its standard output.
pub(crate) fn tee(label: &str, command: &mut Command, limit: Duration) -> Result<(ExitStatus, String)> {
    let mut group = ProcessGroup::spawn(command.stdout(Stdio::piped()))?;
    let mut pipe = group.0.stdout.take().context("no standard output")?;
    let (sender, chunks) = mpsc::channel();
    thread::spawn(move || {
        let mut buffer = [0; 8192];
        while let Ok(length @ 1..) = pipe.read(&mut buffer) {
            let mut out = std::io::stdout().lock();
            let _ = out.write_all(&buffer[..length]).and_then(|()| out.flush());
            let _ = sender.send(buffer[..length].to_vec());
        }
    });
    let status = group.wait(label, limit.into());
    drop(group);
    // A browser outside of the group may hold the pipe open, so this does not wait for its end.
    let deadline = Instant::now() + GRACE_PERIOD;
    let mut output = Vec::new();
    while let Ok(chunk) = chunks.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        output.extend(chunk);
    }
    Ok((status?, String::from_utf8_lossy(&output).into_owned()))
}

/// The standard output of a command such as `rustc --version`; `None` if it fails.
pub(crate) fn capture_stdout(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The path of `program` on `PATH`.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH")?).map(|directory| directory.join(&file)).find(|path| path.is_file())
}

fn running() -> MutexGuard<'static, Vec<u32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

#[derive(Clone, Copy)]
enum Signal {
    Term,
    Kill,
}

#[cfg(unix)]
fn signal(group: u32, signal: Signal) {
    let signal = match signal {
        Signal::Term => nix::sys::signal::Signal::SIGTERM,
        Signal::Kill => nix::sys::signal::Signal::SIGKILL,
    };
    // Fails if the whole group has ended already.
    let _ = nix::sys::signal::killpg(nix::unistd::Pid::from_raw(group.cast_signed()), signal);
}

#[cfg(unix)]
fn has_members(group: u32) -> bool {
    nix::sys::signal::killpg(nix::unistd::Pid::from_raw(group.cast_signed()), None).is_ok()
}

// On other systems the console signals the whole tree, and `Drop` kills the child.
#[cfg(not(unix))]
fn signal(_: u32, _: Signal) {}

#[cfg(not(unix))]
fn has_members(_: u32) -> bool {
    false
}
