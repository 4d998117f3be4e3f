import type { ByOffer } from '../../conversation/offers/offer.ts';
import { commandOf } from '../../pairing/words/way.ts';
import { alsoBy, type Binding, quiet, within } from '../../ui/keys/bindings.ts';
import * as by from './parts.ts';

// Every key of the wizard: by offer, then screen by screen, the most needed first. The footer shows them in this order,
// the help tells them, and the screen listens for them.

type Keyed = Readonly<{ key: string; does: string }>;

/** An answer that has no key of its own. */
export const change: Keyed = { key: 'e', does: 'change an answer' };
const server: Keyed = { key: 'd', does: 'API address' };
const endpoint: Keyed = { key: 'o', does: 'Portworx address' };
const keep: Keyed = { key: 'k', does: 'keep it' };
const replace: Keyed = { key: 'p', does: 'replace it' };

/** What can be done, which every face of the conversation offers, and the key that does it here. */
export const offerKeys: ByOffer<Keyed> = {
	next: { key: '⏎', does: 'next' },
	steps: { key: 'p', does: 'steps' },
	run: { key: 'r', does: 'run' },
	runbook: { key: 's', does: 'save runbook' },
	answers: { key: 'a', does: 'save answers' },
	again: { key: 'n', does: 'start again' },
	account: { key: 'a', does: 'ServiceAccount' },
	'answer:server': server,
	'answer:backServer': server,
	'answer:pairEndpoint': endpoint,
	'answer:backEndpoint': endpoint,
	'answer:found': { key: 'l', does: 'location' },
	'keep:credential': keep,
	'keep:pair': keep,
	'replace:credential': replace,
	'replace:pair': replace,
	retry: { key: 'r', does: 'retry' },
	details: { key: 'i', does: 'details' },
	swap: { key: 's', does: 'swap' },
	change,
	undo: { key: 'u', does: 'undo all changes' },
	prove: { key: 'p', does: 'prove it' },
	save: { key: 'y', does: 'save the manifest' },
	leave: { key: 'q', does: 'quit' },
};

const move: Binding = { key: '↑↓', does: 'move' };
const scroll: Binding = { key: '↑↓', does: 'scroll' };
const listBeside: readonly Binding[] = [move, { key: 'PgUp PgDn', does: 'scroll' }];
const choose: Binding = { key: '⏎', does: 'choose' };
const next: Binding = { key: '⏎', does: 'next' };
const complete: Binding = { key: '⇥', does: 'complete' };

/** Before the first question: a run that was not finished, or answers that were kept. */
export const beginKeys = (leave: () => void): readonly Binding[] => [
	move,
	choose,
	{ key: 'Ctrl-C', does: 'quit', act: leave },
	quiet(within({ key: 'Esc', does: 'quit', act: leave })),
];

/** On a question, or on what is laid over it. */
export const questionKeys = {
	source: here => [move, choose, within(by.help(here)), within(by.quitByEsc(here)), quiet(by.quit(here))],
	choice: here => [move, choose, within(by.back(here)), within(by.help(here)), by.quit(here)],
	text: here => [next, within(by.back(here)), ...by.helpOfField(here), by.quit(here)],
	name: here => [next, complete, within(by.back(here)), ...by.helpOfField(here), by.quit(here)],
	secret: here => [
		next,
		{ key: 'Ctrl-R', does: 'length and end' },
		within(by.back(here)),
		...by.helpOfField(here),
		by.quit(here),
	],
	looking: here => [by.back(here), by.quit(here), quiet(by.help(here))],
	found: here => [
		...here.offered(by.isFromFindings),
		...by.furtherProblems(here),
		...here.offered(by.isAlwaysThere),
		by.back(here),
		by.help(here),
		quiet(by.quit(here)),
	],
	review: here => [
		move,
		choose,
		...here.offered(by.isOfMenu).map(binding => (binding.key === 'r' ? binding : quiet(binding))),
		...by.toProblems(here),
		within(by.back(here)),
		within(by.help(here)),
		by.quit(here),
	],
	answers: here => [move, { key: '⏎', does: 'change' }, within(by.back(here)), by.quit(here)],
	file: here => [next, complete, within(by.back(here)), by.quit(here)],
	steps: here => [
		...(here.isWide ? [...listBeside, { key: 'c', does: 'copy the command' }] : [scroll]),
		...here.offered(({ id }) => id === 'run'),
		...alsoBy({ key: 'Esc', does: 'close', act: () => here.dispatch({ type: 'steps' }) }, '⏎', 'p', 'q'),
		by.quit(here),
	],
	details: here => [
		scroll,
		...alsoBy({ key: 'Esc', does: 'close', act: () => here.dispatch({ type: 'details' }) }, '⏎', 'i', 'q'),
		by.quit(here),
	],
	problems: here => [
		...reading(here, here.offered(by.isOfReader)),
		...alsoBy({ key: 'Esc', does: 'close', act: () => here.dispatch({ type: 'problems' }) }, '⏎', 'w'),
		quiet(by.quit(here)),
	],
	help: here => [
		...alsoBy({ ...by.help(here), key: 'Esc', does: 'close' }, '⏎', '?', 'q', 'Ctrl-G'),
		by.quit(here),
	],
} satisfies Readonly<Record<string, (here: by.Here) => readonly Binding[]>>;

/** While problems are read. */
function reading(here: by.Reading, offers: readonly Binding[]): readonly Binding[] {
	const { problems, isWide, saveManifests } = here;
	const hasCommand = problems.some(({ remedies }) => commandOf(remedies) !== undefined);
	const hasManifest = problems.some(({ attachment }) => attachment);
	return [
		...(isWide && problems.length > 1 ? listBeside : [scroll]),
		...(isWide && hasCommand ? [{ key: 'c', does: 'copy the command' }] : []),
		...offers,
		...(hasManifest ? [{ key: 'y', does: 'save the manifest', act: saveManifests }] : []),
	];
}

const inRun = (here: by.RunHere): readonly Binding[] => [
	...by.ending(here),
	...by.toRead(here),
	...here.offers,
	...by.copy(here),
	{ key: '?', does: 'help', act: here.help },
];

/** While a run goes on, and once it is over. */
export const runKeys = {
	/** Where there is no room for a menu, Enter tells all that was said. */
	run: here => [
		...inRun(here),
		...(here.phase === 'ended' && here.errors.length > 0
			? [quiet({ key: '⏎', does: 'full answer', act: here.read })]
			: []),
	],
	/** Where the offers are a menu, which shows their keys. */
	menu: here => [
		move,
		choose,
		...inRun(here).map(binding =>
			binding.key !== 'q' && here.offers.includes(binding) ? quiet(binding) : binding,
		),
	],
	problems: here => [
		...reading(here, here.offers),
		...alsoBy({ key: 'Esc', does: 'close', act: here.close }, '⏎', 'w'),
		...by.ending(here).filter(by.isCtrlC).map(quiet),
	],
	help: here => [...closeHelp(here.close), ...by.ending(here).filter(by.isCtrlC)],
} satisfies Readonly<Record<string, (here: by.RunHere) => readonly Binding[]>>;

/** Before what an earlier run made is undone, meanwhile, and after. */
export const undoKeys = {
	asked: here => [
		{ key: 'y', does: 'undo', act: here.begin },
		...alsoBy({ key: 'Esc', does: 'back', act: here.back }, 'n'),
		scroll,
		quiet({ key: 'Ctrl-C', does: 'quit', act: here.leave }),
	],
	undoing: by.stopping,
	undone: here => [
		...here.offers,
		...['⏎', 'Ctrl-C'].map(key => quiet({ key, does: 'quit', act: here.leave })),
	],
} satisfies Readonly<Record<string, (here: by.UndoHere) => readonly Binding[]>>;

/** While something is asked, no other key does what it did. */
export const sureKeys = ({ yes, no }: Readonly<{ yes: string; no: string }>): readonly Binding[] => [
	{ key: 'y', does: yes },
	{ key: 'any other key', does: no },
];

/** On a page of help. */
export const closeHelp = (close: () => void): readonly Binding[] =>
	alsoBy({ key: 'Esc', does: 'close', act: close }, '⏎', '?', 'q');
