import type { Environment } from '../pairing/words/environment.ts';

/** As far as the environment tells. */
export function showsUnicode({ env, platform }: Readonly<{ env: Environment; platform: string }>): boolean {
	if (env.TERM === 'dumb' || env.TERM === 'linux') return false;
	if (platform === 'win32') return isModernWindowsTerminal(env);
	const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
	// macOS is UTF-8 throughout, and leaves the locale unset over SSH.
	return locale ? /utf-?8/i.test(locale) : platform === 'darwin';
}

/** The old console host shows boxes for most signs; the terminals named here don't. */
const isModernWindowsTerminal = (env: Environment): boolean =>
	Boolean(env.WT_SESSION || env.ConEmuTask || env.TERMINAL_EMULATOR === 'JetBrains-JediTerm') ||
	env.TERM_PROGRAM === 'vscode' ||
	/^(xterm-256color|alacritty|rxvt-unicode)/.test(env.TERM ?? '');
