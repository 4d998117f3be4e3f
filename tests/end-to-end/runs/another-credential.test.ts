import { expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { answersFor, openGround } from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 60_000 });

test('a valid credential for another region stops a run, is kept with a warning, or is replaced', async () => {
	await using ground = await openGround();
	expect(await ground.run(['run', 'answers.yaml'])).toMatchObject({ exitCode: 0 });
	const uuids = () =>
		[ground.practice.clusters.east, ground.practice.clusters.west].flatMap(({ credentials }) =>
			credentials().map(({ uuid, region }) => ({ uuid, region })),
		);
	const before = uuids();

	const { objectStore, ...rest } = answersFor('s3');
	await ground.sandbox.file(
		'answers.yaml',
		stringify({ ...rest, objectStore: { ...objectStore, region: 'eu-west-1' } }),
	);
	const stopped = await ground.run(['run', 'answers.yaml']);
	expect(stopped.exitCode).toBe(1);
	expect(stopped.out.join('\n')).toContain('region: us-east-1, planned eu-west-1');
	expect(uuids()).toEqual(before);

	const kept = await ground.run(['run', 'answers.yaml', '--existing-credential=keep']);
	expect(kept.exitCode).toBe(0);
	expect(kept.out.filter(line => /credential.*(valid|as planned)/.test(line))).toEqual([]);
	expect(kept.out.join('\n')).toContain('kept:');
	expect(uuids()).toEqual(before);

	const replaced = await ground.run(['run', 'answers.yaml', '--existing-credential=replace']);
	expect([replaced.exitCode, replaced.out.at(-1)]).toEqual([0, 'Done. 2 changes were made.']);
	expect(uuids().map(({ region }) => region)).toEqual(['eu-west-1', 'eu-west-1']);
	expect(uuids().filter(({ uuid }) => before.some(old => old.uuid === uuid))).toEqual([]);
});
