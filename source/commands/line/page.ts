import type { Environment } from '../../pairing/words/environment.ts';
import { type Page, plainPage, type Tone } from '../../plain/page.ts';
import { linked, showsLinks } from '../../ui/shows-links.ts';
import type { Look } from './look.ts';

/** How it begins and how it ends, as ECMA-48 numbers them: the colours of the screens, see `ui/theme.ts`. */
const codes: Readonly<Record<Tone, readonly [string, string]>> = {
	source: ['1', '22'],
	destination: ['1;95', '22;39'],
	ok: ['32', '39'],
	changed: ['1;32', '22;39'],
	warning: ['30;43', '39;49'],
	error: ['1;91', '22;39'],
	muted: ['2', '22'],
	strong: ['1', '22'],
};

type Surroundings = Readonly<{
	look: Look;
	environment: Environment;
	isVerbose: boolean;
}>;

/** @param stream standard output or standard error */
export function pageOn(
	stream: Readonly<{ isTTY?: boolean; columns?: number }>,
	{ look, environment, isVerbose }: Surroundings,
): Page {
	if (stream.isTTY !== true || look.isSpoken || environment.TERM === 'dumb') {
		return plainPage;
	}
	const hasColor = look.color !== false && !environment.NO_COLOR;
	return {
		paint: hasColor
			? (tone, text) => `${sgr(codes[tone][0])}${text}${sgr(codes[tone][1])}`
			: (_, text) => text,
		link: showsLinks(environment) ? url => linked(url, url) : url => url,
		columns: stream.columns,
		isBrief: !isVerbose,
	};
}

const sgr = (code: string): string => `\u001B[${code}m`;

const ours = new Set(Object.values(codes).flat().map(sgr));

/** Begins or ends a link to documentation. */
const isLinkEdge = (part: string): boolean =>
	part === '\u001B]8;;\u001B\\' || (part.startsWith('\u001B]8;;https://') && part.endsWith('\u001B\\'));

/** Escapes all that a terminal would obey, but not the colours and links that a page is made with. */
export const exceptColors = (text: string, escaped: (text: string) => string): string =>
	text
		.split(/(\p{Cc}\[[\d;]{1,5}m|\p{Cc}\]8;;[\x21-\x7E]*?\p{Cc}\\)/u)
		.map(part => (ours.has(part) || isLinkEdge(part) ? part : escaped(part)))
		.join('');
