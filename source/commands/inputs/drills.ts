import { type Scenario, type ScenarioName, scenarioGroups, scenarios } from 'pxpair-practice/scenarios';
import type { Answers } from '../../pairing/answers/answers.ts';
import { breakLine } from '../../ui/text/display-width.ts';

const columns = 80;

/**
 * What is told when a drill ends. Nothing of healthy clusters.
 *
 * @param command what has ended
 * @param answers what it went by, where it had any: a way out that was taken is not told again
 */
export function lessonOf(
	name: ScenarioName,
	command: 'run' | 'prove' | 'rotate' = 'run',
	answers?: Answers,
): readonly string[] {
	const { about, drill }: Scenario = scenarios[name];
	if (!drill) {
		return [];
	}
	const shownBy = drill.command;
	if (shownBy !== undefined && shownBy !== command) {
		return ['', `The drill "${name}" shows in ${shows[shownBy]}: pxpair ${shownBy} --practice=${name}`];
	}
	const { lesson } = drill;
	const wayOut = answers && waysTaken(answers).includes(drill.wayOut ?? '') ? undefined : drill.wayOut;
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

/** As the options that a drill names. */
const waysTaken = ({ pair: { login }, existing }: Answers): readonly string[] => [
	...(login === 'service-account' ? ['--service-account'] : []),
	`--existing-credential=${existing.credential}`,
	`--existing-pair=${existing.pair}`,
];

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
