import { isBranch, type Manifest, printManifest } from '../pairing/manifest.ts';
import { kubectlFor, type PodPlace, writeLine } from '../pairing/preview.ts';
import type { Preview } from '../pairing/step.ts';

/** Where the generated spec stands for as long as it is worked on. */
export const specFile = 'clusterpair.yaml';

/** The shell variable that the destination's cluster token is kept in. */
export const clusterTokenVariable = 'CLUSTER_TOKEN';

export const createBlock = (manifest: Manifest, place: PodPlace): readonly string[] => [
	`${writeLine('create', manifest, place)} <<'MANIFEST'`,
	printManifest(manifest),
	'MANIFEST',
];

/** The generated spec with what the plan adds to it. The token stays out of arguments and files: the shell puts it in. */
export function applyBlock(manifest: Manifest, place: PodPlace): readonly string[] {
	const spec = isBranch(manifest.spec) ? manifest.spec : {};
	const added = printManifest({ ...manifest, spec: { options: spec.options ?? {} } });
	return [
		`${kubectlFor(place)} patch --local -f ${specFile} --type merge -o yaml --patch-file /dev/stdin <<PATCH |`,
		...added.split('\n').map(withVariable),
		'PATCH',
		`  ${writeLine('apply', manifest, place)}`,
		`rm ${specFile}`,
	];
}

/** In quotes, so that a port stays a text: a number stops Stork for every pair. */
function withVariable(line: string): string {
	const [, key, blank] = /^ +(\w+): (<.*>|•+)$/.exec(line) ?? [];
	return key === undefined || blank === undefined
		? line.replaceAll(/[\\$`]/g, '\\$&')
		: line.replace(blank, () => `"$${blank.startsWith('<') ? variableOf(key) : clusterTokenVariable}"`);
}

/** What the plan could not find out: it stands there in angle brackets. */
export function blanksOf(preview: Preview): readonly Readonly<{ variable: string; what: string }>[] {
	const spec = preview.kind === 'manifest' && preview.verb === 'apply' ? preview.manifest.spec : undefined;
	const options = isBranch(spec) && isBranch(spec.options) ? spec.options : {};
	return Object.entries(options).flatMap(([key, value]) => {
		const what = typeof value === 'string' ? /^<(.*)>$/.exec(value)?.[1] : undefined;
		return what === undefined ? [] : [{ variable: variableOf(key), what }];
	});
}

export const readBlank = ({ variable, what }: Readonly<{ variable: string; what: string }>): string =>
	`printf '${variable} (${what}): '; IFS= read -r ${variable}`;

const variableOf = (key: string): string => `DESTINATION_${key.toUpperCase()}`;
