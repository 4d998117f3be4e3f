import type { Environment } from '../pairing/words/environment.ts';

/**
 * Whether a terminal turns OSC 8 into links; others print or swallow the sequences. There is no way to ask, so it is told by the names that
 * https://github.com/Alhadis/OSC8-Adoption lists. `FORCE_HYPERLINK` decides, as it does for other programs.
 */
export function showsLinks(env: Environment): boolean {
	const { FORCE_HYPERLINK: forced, TERM = '', TERM_PROGRAM = '' } = env;
	if (TERM === 'dumb' || TERM === 'linux') {
		return false;
	}
	if (forced !== undefined && forced !== '') {
		return !/^(0|false|no|off)$/i.test(forced);
	}
	return (
		env.CI === undefined &&
		(programs.has(TERM_PROGRAM) ||
			/^(xterm-kitty|xterm-ghostty|alacritty|foot|contour|wezterm)/.test(TERM) ||
			Number(env.VTE_VERSION ?? 0) >= 5100 ||
			Number(env.KONSOLE_VERSION ?? 0) >= 201200 ||
			Boolean(env.WT_SESSION))
	);
}

const programs: ReadonlySet<string> = new Set(['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'rio', 'Hyper']);

/** A piece of a URL that points to all of it, also where it is broken over lines. */
export const linked = (url: string, shown: string): string =>
	/^https:\/\/[\x21-\x7E]+$/.test(url) ? `\u001B]8;;${url}\u001B\\${shown}\u001B]8;;\u001B\\` : shown;
