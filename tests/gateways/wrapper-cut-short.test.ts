import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inputOf, wrapper } from '../../source/gateways/pods/pxctl-wrapper.ts';
import { Secret } from '../../source/pairing/words/secret.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const input = inputOf({
	command: {
		where: 'source',
		file: '/opt/pwx/bin/pxctl',
		args: [
			'credentials',
			'delete',
			new Secret('canary-secret'),
			'clusterPair_91d2a7c4-0e57-4e57-8e57-707261630e57',
		],
	},
	token: undefined,
	seconds: 60,
});

test('input that breaks off anywhere runs nothing; whole, it runs once', async () => {
	const folder = await temporaryFolder();
	const pxctl = await folder.file('pxctl', '#!/bin/sh\necho "RAN $#"\n');
	execFileSync('chmod', ['+x', pxctl]);
	const script = wrapper.replaceAll('/opt/pwx/bin/pxctl', join(folder.path, 'pxctl'));
	const ran = (text: string) => spawnSync('sh', ['-c', script], { input: text, encoding: 'utf8' });
	const broken = [...input].flatMap((_, end) => {
		const { stdout, status } = ran(input.slice(0, end));
		return stdout === '' && status === 65 ? [] : [{ end, stdout, status }];
	});
	expect(broken).toEqual([]);
	expect(ran(input)).toMatchObject({ stdout: 'RAN 4\n', status: 0 });
}, 60_000);
