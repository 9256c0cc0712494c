// What the system must provide: finds what is missing, installs it where that is possible (root on Debian or
// Ubuntu), and otherwise names the exact packages for the user's system and stops.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { output, run, stop, windows } from './run.mjs';

const has = (command) => output('sh', ['-c', `command -v ${command}`]) !== null;
const library = (name) => has('pkg-config') && output('pkg-config', ['--exists', name]) !== null;
/** Plugins of GStreamer, by their files: its folder depends on the system and the machine. */
const gstreamer = (...plugins) => {
  const folders = [
    '/usr/lib',
    '/usr/lib64',
    ...(existsSync('/usr/lib') ? readdirSync('/usr/lib').map((name) => `/usr/lib/${name}`) : []),
  ];
  return folders.some((folder) => plugins.every((plugin) => existsSync(`${folder}/gstreamer-1.0/${plugin}`)));
};
const font = (pattern) => has('fc-list') && (output('fc-list', [pattern, 'family']) ?? '') !== '';

// present: how to see that it is there; then its name on each family of systems (empty: comes with another).
const needs = {
  core: [
    {
      present: () => has('cc') && has('make'),
      debian: 'build-essential',
      fedora: 'gcc gcc-c++ make',
      arch: 'base-devel',
      suse: 'gcc gcc-c++ make',
    },
    {
      present: () => has('pkg-config'),
      debian: 'pkg-config',
      fedora: 'pkgconf-pkg-config',
      arch: 'pkgconf',
      suse: 'pkgconf-pkg-config',
    },
    {
      present: () => library('libcrypto'),
      debian: 'libssl-dev',
      fedora: 'openssl-devel',
      arch: 'openssl',
      suse: 'libopenssl-devel',
    },
    { present: () => has('perl'), debian: 'perl', fedora: 'perl', arch: 'perl', suse: 'perl' },
  ],
  window: [
    {
      present: () => library('webkit2gtk-4.1'),
      debian: 'libwebkit2gtk-4.1-dev',
      fedora: 'webkit2gtk4.1-devel',
      arch: 'webkit2gtk-4.1',
      suse: 'webkit2gtk3-devel',
    },
  ],
  // What plays recordings in the window: wav, mp3, flac and webm. AAC and H.264 (m4a, mp4) need libav, which stays
  // the choice of whoever has such files.
  media: [
    {
      present: () => gstreamer('libgstwavparse.so', 'libgstaudioparsers.so', 'libgstmatroska.so'),
      debian: 'gstreamer1.0-plugins-base gstreamer1.0-plugins-good',
      fedora: 'gstreamer1-plugins-base gstreamer1-plugins-good',
      arch: 'gst-plugins-base gst-plugins-good',
      suse: 'gstreamer-plugins-base gstreamer-plugins-good',
    },
  ],
  fonts: [
    {
      present: () => font(':lang=ja'),
      debian: 'fontconfig fonts-noto-cjk',
      fedora: 'google-noto-sans-cjk-fonts',
      arch: 'noto-fonts-cjk',
      suse: 'google-noto-sans-cjk-fonts',
    },
    {
      present: () => font(':charset=1f600'),
      debian: 'fonts-noto-color-emoji',
      fedora: 'google-noto-color-emoji-fonts',
      arch: 'noto-fonts-emoji',
      suse: 'google-noto-coloremoji-fonts',
    },
  ],
  tests: [
    {
      present: () => has('xvfb-run') && has('xauth'),
      debian: 'xvfb xauth',
      fedora: 'xorg-x11-server-Xvfb xorg-x11-xauth',
      arch: 'xorg-server-xvfb xorg-xauth',
      suse: 'xvfb-run xauth',
    },
    {
      present: () => has('WebKitWebDriver'),
      debian: 'webkit2gtk-driver',
      fedora: 'webkit2gtk-driver',
      arch: '',
      suse: 'webkit2gtk-driver',
    },
    {
      present: () => has('dbus-run-session'),
      debian: 'dbus dbus-x11',
      fedora: 'dbus-daemon',
      arch: 'dbus',
      suse: 'dbus-1',
    },
    { present: () => has('xdotool'), debian: 'xdotool', fedora: 'xdotool', arch: 'xdotool', suse: 'xdotool' },
    {
      present: () => has('convert') || has('magick'),
      debian: 'imagemagick',
      fedora: 'ImageMagick',
      arch: 'imagemagick',
      suse: 'ImageMagick',
    },
    { present: () => has('strace'), debian: 'strace', fedora: 'strace', arch: 'strace', suse: 'strace' },
  ],
};

const installers = {
  debian: 'sudo apt-get install --no-install-recommends',
  fedora: 'sudo dnf install',
  arch: 'sudo pacman -S --needed',
  suse: 'sudo zypper install',
};

/**
 * Sees to it that cargo and the system packages of `groups` (`core`, `window`, `media`, `fonts`, `tests`) are there.
 * Ends the program with what to install when they are not and cannot be installed from here.
 */
export function provide(groups) {
  requireNode();
  requireCargo();
  if (process.platform === 'darwin') return requireMac();
  if (windows) return requireWindows();
  const missing = () => groups.flatMap((group) => needs[group]).filter((need) => !need.present());
  const before = missing();
  if (before.length === 0) return;
  const family = systemFamily();
  if (family === 'debian' && process.getuid?.() === 0) {
    install(names(before, 'debian'));
    const after = missing();
    if (after.length > 0) stop(`Still missing after the installation: ${names(after, 'debian').join(' ')}`);
    return;
  }
  const advice = (known) => `  ${installers[known]} ${names(before, known).join(' ')}`;
  stop(
    family === null
      ? `Sunder needs some packages of your system. By the names they have elsewhere:\n${Object.keys(installers).map(advice).join('\n')}`
      : `Sunder needs some packages of your system. Install them, then start again:\n${advice(family)}`,
  );
}

function names(list, family) {
  return list.flatMap((need) => need[family].split(' ')).filter((name) => name !== '');
}

function install(packages) {
  console.log(`Installing with apt: ${packages.join(' ')}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const done =
    run('apt-get', ['update', '-q'], { env }) &&
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env });
  if (!done) stop('apt could not install these packages; its own message stands above.');
}

function systemFamily() {
  if (!existsSync('/etc/os-release')) return null;
  const release = readFileSync('/etc/os-release', 'utf8');
  const words = [...release.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap((found) =>
    found[1].split(' '),
  );
  if (words.some((word) => word === 'debian' || word === 'ubuntu')) return 'debian';
  if (words.some((word) => word === 'fedora' || word === 'rhel')) return 'fedora';
  if (words.includes('arch')) return 'arch';
  if (words.some((word) => word.includes('suse'))) return 'suse';
  return null;
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const enough = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 23;
  if (!enough)
    stop(
      `Sunder needs Node 20.19 or 22.12 and later; this is ${process.versions.node}. See https://nodejs.org`,
    );
}

function requireCargo() {
  const version = output('cargo', ['--version']);
  if (version === null)
    stop(
      'Sunder needs Rust (cargo was not found). Install it from https://rustup.rs, open a new terminal, then start again.',
    );
  const [, major, minor] = /cargo (\d+)\.(\d+)/.exec(version) ?? [];
  if (Number(major) === 1 && Number(minor) < 90)
    stop(`Sunder needs Rust 1.90 or later; this is ${version}. Run: rustup update stable`);
}

function requireMac() {
  if (output('xcode-select', ['-p']) === null)
    stop('Sunder needs the Xcode command line tools. Run: xcode-select --install');
}

function requireWindows() {
  const missing = ['perl'].filter((command) => output('where', [command]) === null);
  if (missing.length > 0 || process.env.OPENSSL_DIR === undefined) {
    stop(
      'On Windows, Sunder needs: Microsoft C++ Build Tools ("Desktop development with C++"), the WebView2 runtime\n' +
        '(part of Windows 11), Strawberry Perl, and OpenSSL with OPENSSL_DIR pointing to it:\n' +
        '  winget install Microsoft.VisualStudio.2022.BuildTools StrawberryPerl.StrawberryPerl ShiningLight.OpenSSL.Dev',
    );
  }
}
