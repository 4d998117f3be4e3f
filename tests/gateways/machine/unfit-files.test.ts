import { execFileSync } from 'node:child_process';
import { truncate, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { execCredential } from '../../../source/gateways/kubernetes/exec-plugin.ts';
import { resolveLogin } from '../../../source/gateways/kubernetes/kubeconfig/login.ts';
import { trustOf } from '../../../source/gateways/kubernetes/kubeconfig/trust.ts';
import { loadKubeconfig } from '../../../source/gateways/kubernetes/kubeconfig.ts';
import { specGenerator } from '../../../source/gateways/kubernetes/storkctl.ts';
import { entryFor } from '../../helpers/clusters/api-stub.ts';
import { problemFrom } from '../../helpers/problem-from.ts';
import { temporaryFolder } from '../../helpers/program/temporary-folder.ts';

const server = { url: 'https://east.example', caPem: 'CA' };
const atOnce = { timeout: 2000 };

/** None of them has an end, or one that is near. */
async function unfitIn(folder: string): Promise<readonly (readonly [path: string, why: RegExp])[]> {
	execFileSync('mkfifo', [join(folder, 'pipe')]);
	await writeFile(join(folder, 'large'), '');
	await truncate(join(folder, 'large'), 9 * 1024 * 1024);
	return [
		[join(folder, 'pipe'), /a pipe or a device/],
		['/dev/zero', /a pipe or a device/],
		[folder, /a directory/],
		[join(folder, 'large'), /larger than 8 MiB/],
	];
}

test('as a kubeconfig: an error that names the file, at once', atOnce, async () => {
	const { path } = await temporaryFolder();
	for (const [file, why] of await unfitIn(path)) {
		for (const source of [{ file }, { environment: file }, { environment: `${file}${delimiter}none` }]) {
			expect(await problemFrom(() => loadKubeconfig(source))).toMatchObject({
				id: 'kubeconfig-unreadable',
				title: `The kubeconfig ${file} can't be read`,
				evidence: expect.stringMatching(why),
			});
		}
	}
});

test('the null device is an empty kubeconfig, as it is for kubectl', atOnce, async () => {
	expect(await loadKubeconfig({ environment: '/dev/null' })).toMatchObject({ contexts: [] });
});

test.each(['certificate-authority', 'client-certificate', 'client-key', 'tokenFile'] as const)(
	'as %s of a context: the same',
	atOnce,
	async field => {
		const folder = await temporaryFolder();
		const good = await folder.file('good', 'PEM');
		for (const [file, why] of await unfitIn(folder.path)) {
			const entry = entryFor(server, {
				cluster: { 'certificate-authority': good, 'certificate-authority-data': undefined },
				user: { 'client-certificate': good, 'client-key': good },
			});
			const fields = { ...entry.user?.fields, token: undefined, [field]: file };
			const reading =
				field === 'certificate-authority'
					? trustOf({ folder: '/', fields: { [field]: file } }, {})
					: resolveLogin({ ...entry, user: { folder: '/', fields } }, () => Promise.reject());
			await expect(reading).rejects.toThrow(why);
			await expect(reading).rejects.toThrow(file);
		}
	},
);

test('in the certificates of the system, such a file counts for nothing', atOnce, async () => {
	const { path } = await temporaryFolder();
	const [[pipe]] = (await unfitIn(path)) as [readonly [string, RegExp]];
	expect((await trustOf(undefined, { SSL_CERT_FILE: pipe, SSL_CERT_DIR: path })).ca).toEqual([]);
});

test('a login plugin is told nothing of a CA in such a file, and runs', atOnce, async () => {
	const folder = await temporaryFolder();
	const [[pipe]] = (await unfitIn(folder.path)) as [readonly [string, RegExp]];
	const command = await folder.file(
		'plugin',
		`#!/bin/sh\necho '{"apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t"}}'`,
		'executable',
	);
	const entry = entryFor(server, {
		cluster: { 'certificate-authority': pipe, 'certificate-authority-data': undefined },
		user: { exec: { command, provideClusterInfo: true } },
	});
	const asked = { side: 'source', context: 'east', server: server.url, what: 'logging in' } as const;
	const signal = new AbortController().signal;
	expect(await execCredential(entry, asked, { environment: process.env, signal })).toMatchObject({
		token: 't',
	});
});

test('the spec that is made here names the file that it cannot read', atOnce, async () => {
	const folder = await temporaryFolder();
	const [[pipe, why]] = (await unfitIn(folder.path)) as [readonly [string, RegExp]];
	const entry = entryFor(server, {
		cluster: { 'certificate-authority': pipe, 'certificate-authority-data': undefined },
		user: { token: 't' },
	});
	const generator = await specGenerator('source', entry, {
		wanted: 'none',
		environment: {},
		kubeconfigFiles: [],
		signal: new AbortController().signal,
	});
	expect(await problemFrom(() => generator.generate('pair', 'ns'))).toMatchObject({
		id: 'kubeconfig-file-unreadable',
		evidence: expect.stringMatching(why),
	});
});
