//! Child processes. Each gets a process group of its own, so that a compiler or browser started three levels down
//! ends with the step that started it.

use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Between two looks at whether a child has ended.
const POLL_INTERVAL: Duration = Duration::from_millis(50);
/// Between two signs of life where nobody sees a progress bar: CI takes a minute of silence for a hang.
const PROGRESS_INTERVAL: Duration = Duration::from_secs(30);
/// What a child gets for ending by itself.
const GRACE_PERIOD: Duration = Duration::from_secs(3);

static RUNNING: Mutex<Vec<u32>> = Mutex::new(Vec::new());
static STOPPING: AtomicBool = AtomicBool::new(false);

/// The top of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// `program`, to be run at the top of the repository.
pub(crate) fn command(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    command.current_dir(root());
    command
}

/// The cargo that runs this.
pub(crate) fn cargo<const N: usize>(arguments: [&str; N]) -> Command {
    let mut cargo = command(std::env::var_os("CARGO").map_or("cargo".into(), PathBuf::from));
    cargo.args(arguments);
    cargo
}

/// Without this the children would outlive us: a terminal's Ctrl-C reaches only our own process group.
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
    .context("cannot listen for Ctrl-C")
}

/// A running command and all that it starts; dropping it ends them.
pub(crate) struct ProcessGroup(Child);

impl ProcessGroup {
    pub(crate) fn spawn(command: &mut Command) -> Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        // Held while spawning: a signal in between would miss the new child.
        let mut running = running();
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().display()))?;
        running.push(child.id());
        Ok(Self(child))
    }

    /// How it ended, or `None` while it runs.
    fn try_wait(&mut self) -> Result<Option<ExitStatus>> {
        let status = self.0.try_wait()?;
        while status.is_some() && STOPPING.load(Ordering::SeqCst) {
            // Not a failure worth a message: it was told to end, and the signal handler is about to exit.
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
                bail!("{label}: no end after {} s, stopped", elapsed.as_secs());
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

/// Lets them run until one ends, which none is meant to.
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

/// Runs it to its end, its output passing through.
pub(crate) fn run(label: &str, command: &mut Command) -> Result<()> {
    let status = ProcessGroup::spawn(command)?.wait(label, None)?;
    if !status.success() {
        bail!("{label} failed ({status})");
    }
    Ok(())
}

/// Runs it to its end, its output passing through, and gives its standard output as well.
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
    // Not until the pipe closes: a browser that left the group may hold it open for ever.
    let deadline = Instant::now() + GRACE_PERIOD;
    let mut output = Vec::new();
    while let Ok(chunk) = chunks.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        output.extend(chunk);
    }
    Ok((status?, String::from_utf8_lossy(&output).into_owned()))
}

/// Its standard output, if it runs and succeeds. For questions like `--version`.
pub(crate) fn capture_stdout(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Where `program` is on `PATH`.
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
    // Refused when all of the group have ended, which is as good.
    let _ = nix::sys::signal::killpg(nix::unistd::Pid::from_raw(group.cast_signed()), signal);
}

#[cfg(unix)]
fn has_members(group: u32) -> bool {
    nix::sys::signal::killpg(nix::unistd::Pid::from_raw(group.cast_signed()), None).is_ok()
}

// Elsewhere the console tells the whole tree, and `Drop` ends the child itself.
#[cfg(not(unix))]
fn signal(_: u32, _: Signal) {}

#[cfg(not(unix))]
fn has_members(_: u32) -> bool {
    false
}
