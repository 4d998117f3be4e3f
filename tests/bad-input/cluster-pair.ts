import fc from 'fast-check';
import { expect } from 'vitest';
import { parse } from 'yaml';
import {
	differences,
	parseClusterPair,
	readClusterPair,
	withLogin,
	withServer,
} from '../../source/pairing/cluster-pair/cluster-pair.ts';
import { undecodable } from '../../source/pairing/cluster-pair/undecodable.ts';
import type { Manifest } from '../../source/pairing/words/manifest.ts';
import { Secret } from '../../source/pairing/words/secret.ts';
import { recorded } from '../helpers/pages/recorded.ts';
import { forAll, forEach, resultOf } from './matrix.ts';
import { expectSoundPair } from './predicates.ts';
import { beginningsOf, bombs, mutated, rearranged, strangeText, strangeValue } from './strange.ts';

const expected = { side: 'destination', name: 'remotecluster', namespace: 'apps', context: 'west' } as const;
const generated = recorded('generate-token').stdout.replace('west-token-value', 'canary-token');
const samples = [
	generated,
	recorded('generate-exec').stdout.replaceAll('west-eks', 'west'),
	recorded('generate-options').stdout,
];

const isSecret = (path: readonly unknown[]) => path.includes('users');

export function clusterPair(): void {
	forEach('the samples themselves are accepted', samples, async text =>
		expect((await resultOf(() => parseClusterPair(text, expected))).kind).toBe('accepted'),
	);
	forAll('mutated specs', mutated(samples.slice(1)), readText);
	forEach(
		'every beginning',
		samples.flatMap(sample => beginningsOf(sample)),
		readText,
	);
	forEach('bombs', bombs(generated, 8000), readText);
	forAll('any text', fc.oneof(strangeText, fc.json()), readText);
	forAll(
		'rearranged fields, the credentials left where they are',
		fc.oneof(...samples.map(text => rearranged(parse(text), path => !isSecret(path)))),
		tree => readText(JSON.stringify(tree)),
		{
			found: [
				JSON.parse(JSON.stringify(withOptions({ ip: { toString: 1, valueOf: 1 } }))),
				withOptions({ ip: null }),
				{ ...parse(generated), spec: { ...parse(generated).spec, LocationOfOrigin: '/home/jane/config' } },
				{ ...parse(generated), spec: { ...parse(generated).spec, insert_storage_options_here: '' } },
				withOptions({ ip: ['10.0.0.1'] }),
			],
		},
	);
	forEach(
		'nesting that the YAML reader still takes',
		Array.from({ length: 8 }, (_, index) => 50 + index * 300),
		depth => readText(`${generated}  further: ${'['.repeat(depth)}${']'.repeat(depth)}\n`),
	);
	forAll(
		'a pair that is on the cluster already: compared, and told why Stork cannot read it',
		fc.tuple(rearranged(parse(generated)), strangeValue),
		([tree, other]) => {
			const { spec } = readClusterPair(parse(generated), expected);
			const existing = (tree as { spec?: unknown } | null)?.spec;
			for (const path of differences(spec, existing).concat(differences(spec, other))) {
				expect(path).not.toContain('canary');
			}
			expect([undefined, 'string']).toContain(
				typeof undecodable({ spec: existing } as never) === 'string' ? 'string' : undefined,
			);
		},
	);
}

const withOptions = (options: object): unknown => {
	const tree = parse(generated);
	return { ...tree, spec: { ...tree.spec, options } };
};

async function readText(text: string): Promise<void> {
	const result = await resultOf(() => parseClusterPair(text, expected));
	if (result.kind === 'accepted') {
		expectSoundPair(result.value, 'west');
		expectSoundPair(changed(result.value), 'west');
	}
}

const changed = (manifest: Manifest): Manifest =>
	withLogin(withServer(manifest, 'https://west:6443'), 'pxpair', new Secret('canary-other'));
