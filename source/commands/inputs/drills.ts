import { type Scenario, type ScenarioName, scenarioGroups, scenarios } from 'pxpair-practice/scenarios';
import { breakLine } from '../../ui/text/display-width.ts';

const columns = 80;

/** What is told when a drill ends. Nothing of healthy clusters. @param command what has ended */
export function lessonOf(name: ScenarioName, command: 'run' | 'prove' | 'rotate' = 'run'): readonly string[] {
	const { about, drill }: Scenario = scenarios[name];
	if (!drill) {
		return [];
	}
	const shownBy = drill.command;
	if (shownBy !== undefined && shownBy !== command) {
		return ['', `The drill "${name}" shows in ${shows[shownBy]}: pxpair ${shownBy} --practice=${name}`];
	}
	const { lesson, wayOut } = drill;
	return [
		'',
		`What the drill "${name}" teaches`,
		`  Rehearsed: ${about}.`,
		`  ${lesson}`,
		...(wayOut ? ['  To practice the fix:'] : []),
	]
		.flatMap(line => breakLine(line, columns))
		.concat(wayOut ? [`    pxpair run --practice=${name} ${wayOut}`] : []);
}

const shows = { prove: 'a proof', rotate: 'a rotation' } as const;

/** All practice clusters that there are, by what they are about. */
export const scenarioList = (): readonly string[] => [
	...Object.entries(scenarioGroups).flatMap(([group, members]) => [
		group,
		...Object.entries(members).flatMap(([name, { about, drill }]) => [
			`  ${name}${drill ? '' : ' (healthy)'}`,
			...breakLine(`      ${about}`, columns),
		]),
		'',
	]),
	'Try one with pxpair --practice=NAME, or pxpair run --practice=NAME.',
];
