import { expect, test } from 'vitest';
import { replacePxctl } from '../../helpers/clusters/pod-files.ts';
import { practiceSide } from '../../helpers/clusters/practice-side.ts';
import { problemFrom } from '../../helpers/problem-from.ts';

const one = '91d2a7c4-0e57-4e57-8e57-707261630e57';
const other = 'AAAAAAAA-0e57-4e57-8e57-707261630e57';

test.each<[string, string, readonly string[]]>([
	['none, as the practice clusters print it', 'CLUSTER-ID\tNAME\tENDPOINT\tCREDENTIAL-ID', []],
	[
		'the older table, the default one marked',
		`CLUSTER-ID\tNAME\tENDPOINT\tCREDENTIAL-ID\n${one}(default)\tpx-west\thttp://10.0.0.1:9001\tclusterPair_${other}\n${other}\tpx-north\t-\t-`,
		[one, other.toLowerCase()],
	],
	[
		'the newer table, aligned with spaces',
		`ClusterID                              Name     IP        Port  CredID\n${one}   (default)  px  10.0.0.1  9001  ${other}`,
		[one],
	],
	['a name that ends in a UUID', `px-${other}\t${one}`, [one]],
	['words instead of a table', 'No cluster pairs found', []],
])('the pairs of Portworx: %s', async (_title, text, ids) => {
	const { pxctl } = await sideThatSays(`cat <<'EOF'\n${text}\nEOF`);
	expect(await pxctl.pairs()).toEqual(ids.map(id => ({ id })));
});

test('a pxctl that fails is no list without pairs', async () => {
	const { pxctl } = await sideThatSays('echo PX is not running on this host >&2; exit 1');
	expect(await problemFrom(() => pxctl.pairs())).toMatchObject({
		id: 'portworx-not-running',
		side: 'source',
	});
});

/** `pxctl cluster pair list` of which does what the shell is told. */
const sideThatSays = (script: string) =>
	practiceSide(
		{},
		{
			prepare: cluster => replacePxctl(cluster, `[ "$*" = 'cluster pair list' ] || exit 9\n${script}`),
		},
	);
