import { expect, test, vi } from 'vitest';
import { allObjects } from '../../helpers/clusters/all-objects.ts';
import { applyRole, withoutRights } from '../../helpers/clusters/without-rights.ts';
import { openGround } from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 90_000 });

test.each(['migrationnamespace', 'kube-system'])(
	'the one Role that a refusal prints for each cluster is enough for the proof, with the pair in %s',
	async namespace => {
		await using ground = await openGround({ storkInterval: 50, answers: { pair: { namespace } } });
		expect(await ground.run(['run', 'answers.yaml'])).toMatchObject({ exitCode: 0 });
		await withoutRights(ground);
		const prove = () => ground.run(['prove', '--json']);
		const refused = await prove();
		expect(refused.exitCode).toBe(1);
		for (const { side, attachment } of problemsIn(refused.out)) {
			applyRole(ground, side, attachment.text);
		}
		const { clusters } = ground.practice;
		const everything = async () => [await allObjects(clusters.east), await allObjects(clusters.west)];
		const before = await everything();
		const proved = await prove();
		expect({ ...proved, out: proved.out.at(-1) }).toMatchObject({ exitCode: 0, err: [] });
		expect(JSON.parse(proved.out.at(-1) ?? '')).toMatchObject({ proved: true, left: [] });
		expect(await everything()).toEqual(before);
	},
);

type Refusal = Readonly<{ side: 'source' | 'destination'; attachment: Readonly<{ text: string }> }>;

function problemsIn(out: readonly string[]): readonly Refusal[] {
	const told = out.map(line => JSON.parse(line)).find(({ problem }) => problem);
	return [told.problem, ...told.problem.others];
}
