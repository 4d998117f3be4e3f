import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { execCredential } from '../../source/gateways/kubernetes/exec-plugin.ts';
import type { ContextEntry } from '../../source/gateways/kubernetes/kubeconfig.ts';
import { specGenerator } from '../../source/gateways/kubernetes/storkctl.ts';
import { recorded } from '../helpers/pages/recorded.ts';
import { forAll, resultOf } from './matrix.ts';
import { expectSoundPair } from './predicates.ts';
import { mutated, rearranged, strangeText, strangeValue } from './strange.ts';

const credential = {
	apiVersion: 'client.authentication.k8s.io/v1',
	kind: 'ExecCredential',
	status: { token: 'canary', expirationTimestamp: '2030-01-01T00:00:00Z' },
};
const asked = { side: 'source', context: 'west', server: 'https://west', what: 'logging in' } as const;
const generated = recorded('generate-token').stdout;

let folder = '';

export function plugins(): void {
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pxpair-bad-input-'));
		await writeFile(join(folder, 'prints'), `#!/bin/sh\nexec cat "${folder}/output"\n`, { mode: 0o755 });
	});
	afterAll(() => rm(folder, { recursive: true, force: true }));
	const signal = new AbortController().signal;
	const environment = { PATH: process.env.PATH };

	forAll(
		'what a login plugin prints',
		fc.oneof(
			rearranged(credential).map(value => JSON.stringify(value)),
			mutated([JSON.stringify(credential)]),
			strangeText,
		),
		async output => {
			await writeFile(join(folder, 'output'), output);
			const result = await resultOf(() =>
				execCredential(entryWith({ exec: { command: './prints' } }), asked, { environment, signal }),
			);
			if (result.kind === 'accepted') {
				const { until: _until, ...login } = result.value;
				expect(Object.keys(login).every(key => /^(token|cert|key)$/.test(key))).toBe(true);
				expect(Object.values(login).every(value => typeof value === 'string')).toBe(true);
				expect(result.value.until).not.toBeNaN();
			}
		},
		{ share: 0.3 },
	);
	forAll(
		'how a kubeconfig names a login plugin',
		fc.oneof(
			strangeValue,
			rearranged({ command: './prints', args: ['a'], env: [{ name: 'A', value: 'b' }] }),
		),
		async exec => {
			await writeFile(join(folder, 'output'), '');
			await resultOf(() => execCredential(entryWith({ exec }), asked, { environment, signal }));
		},
		{
			share: 0.3,
			found: [
				{ command: './prints', args: ['a\u0000b'] },
				{ command: '\u0000' },
				{ command: '' },
				{ command: './prints', env: [{ name: 'A=B\u0000', value: '' }] },
			],
		},
	);
	forAll(
		'what storkctl prints',
		mutated([generated]),
		async output => {
			await writeFile(join(folder, 'output'), output);
			const generator = await specGenerator('source', entryWith({}), {
				wanted: join(folder, 'prints'),
				environment,
				kubeconfigFiles: [],
				signal,
			});
			const result = await resultOf(() => generator.generate('pair', 'apps'));
			if (result.kind === 'accepted') {
				expectSoundPair(result.value, 'west');
			}
		},
		{ share: 0.15 },
	);
}

const entryWith = (user: Record<string, unknown>): ContextEntry => ({
	name: 'west',
	namespace: undefined,
	clusterName: 'west',
	userName: 'west',
	server: 'https://west',
	cluster: { fields: { server: 'https://west' }, folder },
	user: { fields: user, folder },
});
