import { type Scenario, type ScenarioName, scenarioGroups, scenarios } from 'pxpair-practice/scenarios';
import { breakLine } from '../../ui/text/display-width.ts';

const columns = 80;

/** What is told when a drill ends. Nothing of healthy clusters. */
export function lessonOf(name: ScenarioName): readonly string[] {
	const { about, drill }: Scenario = scenarios[name];
	if (!drill) {
		return [];
	}
	const { lesson, wayOut } = drill;
	return [
		'',
		`What the drill "${name}" teaches`,
		`  Rehearsed: ${about}.`,
		`  ${lesson}`,
		...(wayOut ? [`  To practice the fix: pxpair run --practice=${name} ${wayOut}`] : []),
	].flatMap(line => breakLine(line, columns));
}

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
