import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Cell } from './store-cells.ts';
import {
	credentialsOf,
	findingsIn,
	notReplaced,
	readable,
	type Store,
	tokenInPair,
	words,
} from './store-ground.ts';

/** A new key to the same store: everything else that differs is told, and replaced on the person's word alone. */
export async function tryRotation(ground: Store, cell: Cell): Promise<readonly string[]> {
	const { aspect, way, place, policy } = cell;
	const what = aspect === 'token' ? 'token' : 'key';
	const before = credentialsOf(ground);
	const { code, out } = await ground.call([
		...['rotate', '--answers', newKey.answers, '--what', what, '--yes', '--json', '--timeout', '60'],
		`--existing-credential=${policy}`,
	]);
	const hasChanged = credentialsOf(ground) !== before;
	const findings = findingsIn(out);
	const claims = findings.filter(text => /as planned/.test(text)).map(text => `claimed: ${text}`);
	if (what === 'token') {
		const isUnknown = way === 'unreadable' && place.some(side => side === 'west');
		const isCurrent = tokenInPair(ground) === ground.practice.clusters.west.clusterToken();
		return [
			...claims,
			...(hasChanged ? ['a credential changed with the token'] : []),
			...((code === 0) === isUnknown ? [`exit code ${code}: ${out.slice(-500)}`] : []),
			...(isUnknown || isCurrent ? [] : ['the pair does not hold the new token']),
		];
	}
	const isOther = way === 'different' && readable.has(aspect) && aspect !== 'account';
	if (isOther && policy !== 'replace') {
		return [
			...claims,
			...(code === 0 ? ['rotated although it differs in more than the key'] : []),
			...(hasChanged ? ['changed although it stops'] : []),
			...(findings.some(text => text.includes(`${words[aspect]}: `))
				? []
				: [`${words[aspect]} is not told: ${out}`]),
		];
	}
	// Of a provider that no one knows the list tells nothing, and Portworx refuses a second one of that name.
	const mayFail = aspect === 'provider' && way === 'unreadable';
	return [
		...claims,
		...(code === 0 || mayFail ? [] : [`exit code ${code}: ${out.slice(-800)}`]),
		...(code === 0 ? notReplaced(ground, newKey.id) : hasChanged ? ['it failed, and changed something'] : []),
	];
}

const newKey = { answers: 'new-key.yaml', id: 'AKIANEWNEWNEWNEW0001' } as const;

export async function writeNewKey(folder: string): Promise<void> {
	const answers = parse(await readFile(join(folder, 'answers.yaml'), 'utf8'));
	const files = { accessKeyId: { file: 'new-id' }, secretAccessKey: { file: 'new-secret' } };
	const objectStore = { ...answers.objectStore, ...files };
	await writeFile(join(folder, newKey.answers), stringify({ ...answers, objectStore }));
	await writeFile(join(folder, 'new-id'), newKey.id, { mode: 0o600 });
	await writeFile(join(folder, 'new-secret'), 'canary-secret-of-the-new-key', { mode: 0o600 });
}
