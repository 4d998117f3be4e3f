import { scenarioGroups } from '../../source/practice/scenarios.ts';

/** `docs/drills.md`, made of the scenarios themselves. */
export const drillsPage = (): string =>
	[
		'# Drills',
		'',
		'Each rehearses something that goes wrong on real clusters, on two pretend ones: `pxpair --practice=NAME` as a conversation,',
		'`pxpair run --practice=NAME` or `pxpair check --practice=NAME` as lines. They are what the tests of failures run on, too. Each ends with what it teaches,',
		'as it is here; with `--json` it is left out. Those of the last two tables show only in a migration, `pxpair prove --practice=NAME`, or when secrets are replaced, `pxpair rotate --practice=NAME`. Where there is a way out, `pxpair run` with these options pairs the same clusters.',
		'',
		'This page is written by `npm run drills`.',
		...Object.entries(scenarioGroups).flatMap(([group, scenarios]) => {
			const drills = Object.entries(scenarios).flatMap(([name, { about, drill }]) =>
				drill
					? [
							`| \`${name}\` | ${about} | ${drill.lesson}${drill.wayOut ? ` Way out: \`${drill.wayOut}\`` : ''} |`,
						]
					: [],
			);
			return drills.length === 0
				? []
				: ['', `## ${group}`, '', '| | Rehearses | Teaches |', '|---|---|---|', ...drills];
		}),
		'',
	].join('\n');
