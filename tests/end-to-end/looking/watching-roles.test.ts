import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { applyRole, restrictedUser, withoutRights } from '../../helpers/clusters/without-rights.ts';
import { watcher, watchingRoles } from '../../helpers/pages/watching-roles.ts';
import { failureOf, openGround, writes } from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 90_000 });

test('the Roles in the docs are those that pxpair makes, and give no right to write', () => {
	for (const [file, text] of Object.entries(watchingRoles(watcher))) {
		expect(readFileSync(`docs/roles/${file}`, 'utf8')).toBe(text);
		const creates = text
			.split('- apiGroups')
			.filter(rule => /- (create|patch|delete|watch|bind)\n/.test(rule));
		expect(creates.every(rule => rule.includes('- pods/exec\n'))).toBe(true);
	}
});

test('they are enough for what the docs run with them', async () => {
	await using ground = await openGround();
	expect(failureOf(await ground.run(['run', 'answers.yaml']))).toEqual([]);
	await withoutRights(ground);
	const roles = watchingRoles(restrictedUser);
	const apply = (source: string, destination: string) => {
		applyRole(ground, 'source', roles[source] ?? '');
		applyRole(ground, 'destination', roles[destination] ?? '');
	};
	const { east, west } = ground.practice.clusters;
	const before = [...writes(east), ...writes(west)];
	const contexts = ['--source', 'east', '--destination', 'west'];
	apply('status.yaml', 'status.yaml');
	expect(await ground.run(['status', ...contexts])).toMatchObject({ exitCode: 0 });
	apply('check-source.yaml', 'check-destination.yaml');
	// The pair contains the login of the administrator who created it, and this user has another one.
	const otherLogin = 'differs in: spec.config.users.practice-west-admin.token';
	const one = ['remotecluster', '--namespace', 'migrationnamespace'];
	for (const args of [
		['status', ...one, ...contexts],
		['status', '--answers', 'answers.yaml'],
		['check', '--against', 'answers.yaml'],
	]) {
		const { exitCode, out } = await ground.run(args);
		expect({ args, exitCode, differs: out.join('\n').match(/differs in: .*/)?.[0] }).toEqual({
			args,
			exitCode: 4,
			differs: otherLogin,
		});
	}
	expect([...writes(east), ...writes(west)]).toEqual(before);
});
