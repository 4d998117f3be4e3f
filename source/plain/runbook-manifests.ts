import { kubectlFor, type PodPlace, writeLine } from '../pairing/step/preview.ts';
import type { Preview } from '../pairing/step/step.ts';
import { quote } from '../pairing/words/command.ts';
import { isBranch, type Manifest, printManifest } from '../pairing/words/manifest.ts';
import { otherSide, type Side } from '../pairing/words/pair.ts';

/** Names for the pair that points to this cluster: those of the way back have an ending. */
const ending = (to: Side): string => (to === 'destination' ? '' : '_BACK');

/** Where the generated spec represents as long as it is worked on. */
export const specFileOf = (to: Side): string =>
	to === 'destination' ? 'clusterpair.yaml' : 'clusterpair-back.yaml';

/** The shell variable that the cluster token is kept in. */
export const clusterTokenVariable = (to: Side): string => `CLUSTER_TOKEN${ending(to)}`;

/** The one for the token of the pair's ServiceAccount. */
export const accountTokenVariable = (to: Side): string => `ACCOUNT_TOKEN${ending(to)}`;

export const createBlock = (manifest: Manifest, place: PodPlace): readonly string[] => [
	`${writeLine('create', manifest, place)} <<'MANIFEST'`,
	printManifest(manifest),
	'MANIFEST',
];

/** The generated spec with what the plan adds to it. Tokens stay out of arguments and files: the shell puts them in. */
export function applyBlock(manifest: Manifest, from: Side, place: PodPlace): readonly string[] {
	const to = otherSide(from);
	const spec = isBranch(manifest.spec) ? manifest.spec : {};
	const { config } = spec;
	const added = printManifest({
		...manifest,
		spec: { ...(isBranch(config) && { config }), options: spec.options ?? {} },
	});
	return [
		`${kubectlFor(place)} patch --local -f ${specFileOf(to)} --type merge -o yaml --patch-file /dev/stdin <<PATCH |`,
		...added.split('\n').map(line => withVariable(line, to)),
		'PATCH',
		`  ${writeLine('apply', manifest, place)}`,
		`rm ${specFileOf(to)}`,
	];
}

/** In quotes, so that a port stays a text: a number stops Stork for every pair. */
function withVariable(line: string, to: Side): string {
	const [, indent, key, blank] = /^( +)(\w+): (<.*>|•+)$/.exec(line) ?? [];
	if (indent === undefined || key === undefined || blank === undefined) {
		return line.replaceAll(/[\\$`]/g, '\\$&');
	}
	// The token of a user is deeper than that among the options.
	const token = indent.length > 4 ? accountTokenVariable(to) : clusterTokenVariable(to);
	return line.replace(blank, () => `"$${blank.startsWith('<') ? variableOf(key, to) : token}"`);
}

/** What the plan could not find out: it is there in angle brackets. */
export function blanksOf(preview: Preview): readonly Readonly<{ variable: string; what: string }>[] {
	if (preview.kind !== 'manifest' || preview.verb !== 'apply') {
		return [];
	}
	const { spec } = preview.manifest;
	const to = otherSide(preview.on);
	const options = isBranch(spec) && isBranch(spec.options) ? spec.options : {};
	return Object.entries(options).flatMap(([key, value]) => {
		const what = typeof value === 'string' ? /^<(.*)>$/.exec(value)?.[1] : undefined;
		return what === undefined ? [] : [{ variable: variableOf(key, to), what }];
	});
}

export const readBlank = ({ variable, what }: Readonly<{ variable: string; what: string }>): string =>
	`printf '%s: ' ${quote(`${variable} (${what})`)}; IFS= read -r ${variable}`;

const variableOf = (key: string, to: Side): string => `${to}_${key}`.toUpperCase();
