//! The program itself in a pseudo-terminal, and what somebody in front of it would see.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// Longer than any test takes: after that the program is killed, and the test says what was on the screen.
const PATIENCE: Duration = Duration::from_secs(30);

/// A copy of the example shop, and a folder for what its user hasn't written yet.
pub(crate) struct Shop {
    folder: TempDir,
    home: TempDir,
}

/// The service that tests talk about: three reds, nothing stale, two inherited.
pub(crate) const SERVICE: &str = "identity-api";

impl Shop {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let shop = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/shop");
        for entry in walkdir::WalkDir::new(&shop) {
            let entry = entry.expect("the example can be read");
            let target = folder.path().join(entry.path().strip_prefix(&shop).expect("it is in there"));
            if entry.file_type().is_dir() {
                fs::create_dir_all(target).expect("a folder");
            } else {
                fs::copy(entry.path(), target).expect("a file");
            }
        }
        Self { folder, home: tempfile::tempdir().expect("a folder") }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("services/customer/identity-api.yaml")
    }

    /// What a file says.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).expect("the file is there")
    }

    /// Whether a file is there.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.folder.path().join(path).exists()
    }

    /// What the service's file says.
    pub(crate) fn text(&self) -> String {
        fs::read_to_string(self.file()).expect("the file is there")
    }

    /// Replaces a passage of the service's file.
    pub(crate) fn replace(&self, old: &str, new: &str) {
        let text = self.text();
        assert_eq!(text.matches(old).count(), 1, "{old}");
        fs::write(self.file(), text.replace(old, new)).expect("the file can be written");
    }

    /// The one draft that there is. A run that was ended in the middle of a write may have left its half beside it, which
    /// the next write removes.
    pub(crate) fn draft(&self) -> Option<PathBuf> {
        let entries = fs::read_dir(self.home.path().join("fundamentals/drafts")).into_iter().flatten();
        let paths = entries.map(|entry| entry.expect("an entry").path());
        let mut drafts = paths.filter(|path| path.extension().is_none_or(|extension| extension != "tmp"));
        let draft = drafts.next();
        assert!(drafts.next().is_none(), "one draft, and nothing besides");
        draft
    }

    /// Scores the service in a terminal of this width.
    pub(crate) fn score(&self, width: u16) -> Pty {
        self.run(width, &["score", SERVICE])
    }

    /// Runs the program.
    pub(crate) fn run(&self, width: u16, args: &[&str]) -> Pty {
        self.run_sized((width, HEIGHT), args)
    }

    /// Runs the program in a terminal of this many columns and rows.
    pub(crate) fn run_sized(&self, size: (u16, u16), args: &[&str]) -> Pty {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_fundamentals"));
        command.args(["--today", "2026-11-21"]);
        command.args(args);
        self.start_sized(size, command)
    }

    /// Starts a program where the shop is.
    pub(crate) fn start(&self, width: u16, command: CommandBuilder) -> Pty {
        self.start_sized((width, HEIGHT), command)
    }

    fn start_sized(&self, size: (u16, u16), mut command: CommandBuilder) -> Pty {
        command.cwd(self.folder.path());
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "RUST_BACKTRACE"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        command.env("XDG_STATE_HOME", self.home.path());
        Pty::start(size, command)
    }
}

/// A program in a terminal, of 40 rows if nothing else is said.
pub(crate) struct Pty {
    master: Box<dyn MasterPty + Send>,
    reader: Box<dyn Read + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    screen: vt100::Parser,
    /// Everything that was written.
    pub(crate) bytes: Vec<u8>,
    /// How many keys were pressed.
    pub(crate) keys: usize,
    /// The terminal's flags before the program began.
    before: String,
    /// Dropped when the program needn't be killed any more.
    _watchdog: Sender<()>,
}

/// How a program ended.
pub(crate) struct Ended {
    pub(crate) code: u32,
    /// The terminal's text at the end, with what is scrolled off.
    pub(crate) screen: String,
}

const HEIGHT: u16 = 40;

fn flags(master: &dyn MasterPty) -> String {
    let termios = master.get_termios().expect("a terminal has flags");
    format!("{:?} {:?} {:?}", termios.local_flags, termios.input_flags, termios.output_flags)
}

impl Pty {
    fn start((width, height): (u16, u16), command: CommandBuilder) -> Self {
        let size = PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal can be opened");
        let before = flags(&*pair.master);
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let mut killer = child.clone_killer();
        let (watchdog, done) = channel();
        std::thread::spawn(move || {
            if done.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                let _ = killer.kill();
            }
        });
        Self {
            reader: pair.master.try_clone_reader().expect("it can be read"),
            writer: pair.master.take_writer().expect("it can be written"),
            master: pair.master,
            child,
            screen: vt100::Parser::new(height, width, 1000),
            bytes: Vec::new(),
            keys: 0,
            before,
            _watchdog: watchdog,
        }
    }

    /// What is on the screen.
    pub(crate) fn text(&self) -> String {
        let (_, width) = self.screen.screen().size();
        let rows: Vec<_> = self.screen.screen().rows(0, width).collect();
        rows.iter().map(|row| row.trim_end()).collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }

    /// Reads what the program writes; false once it writes no more.
    fn read(&mut self) -> bool {
        let mut buffer = [0; 4096];
        // A terminal whose program is gone can't be read.
        let count = self.reader.read(&mut buffer).unwrap_or(0);
        self.screen.process(&buffer[..count]);
        self.bytes.extend(&buffer[..count]);
        count > 0
    }

    /// Waits until what is on the screen is as wanted.
    #[track_caller]
    pub(crate) fn wait_until(&mut self, what: &str, wanted: impl Fn(&str) -> bool) -> &mut Self {
        while !wanted(&self.text()) {
            assert!(self.read(), "it ended, or took too long, without: {what}\n{}", self.text());
        }
        self
    }

    /// Waits until this is on the screen.
    #[track_caller]
    pub(crate) fn see(&mut self, text: &str) -> &mut Self {
        self.wait_until(text, |screen| screen.contains(text))
    }

    /// How many lines have left the screen at its top.
    pub(crate) fn scrolled_off(&mut self) -> usize {
        self.screen.screen_mut().set_scrollback(usize::MAX);
        let lines = self.screen.screen().scrollback();
        self.screen.screen_mut().set_scrollback(0);
        lines
    }

    /// Presses keys, one by one.
    #[track_caller]
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        self.keys += keys.chars().count();
        self.writer.write_all(keys.as_bytes()).expect("keys can be pressed");
        self.writer.flush().expect("keys can be pressed");
        self
    }

    /// Gives the terminal another width.
    pub(crate) fn resize(&mut self, width: u16) -> &mut Self {
        self.screen.screen_mut().set_size(HEIGHT, width);
        let size = PtySize { rows: HEIGHT, cols: width, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).expect("the terminal can be resized");
        self
    }

    /// Waits for the program to end, which leaves the terminal as it was.
    #[track_caller]
    pub(crate) fn ended(&mut self) -> Ended {
        while self.read() {}
        let code = self.child.wait().expect("it ends").exit_code();
        let text = self.text();
        assert_eq!(flags(&*self.master), self.before, "the terminal is as it was found\n{text}");
        let screen = self.screen.screen();
        assert!(!screen.hide_cursor(), "the cursor can be seen\n{text}");
        assert!(!screen.bracketed_paste(), "pasting is as usual\n{text}");
        let (_, column) = screen.cursor_position();
        assert_eq!(column, 0, "the shell's prompt begins a line\n{text}");
        Ended { code, screen: text }
    }

    /// Tells the program to end, as a machine that is switched off does.
    pub(crate) fn terminate(&mut self) -> &mut Self {
        let id = self.child.process_id().expect("it runs").to_string();
        let sent = std::process::Command::new("kill").arg(id).status().expect("kill is there");
        assert!(sent.success());
        self
    }

    /// Closes the terminal, and waits for the program to end.
    pub(crate) fn hang_up(self) {
        let Self { master, reader, writer, mut child, _watchdog, .. } = self;
        drop((writer, reader, master));
        let began = Instant::now();
        child.wait().expect("it ends");
        assert!(began.elapsed() < PATIENCE / 3, "it ends by itself, and needn't be killed");
    }
}
