import { systemClock } from '../gateways/clock.ts';
import { noFacts } from '../pairing/cluster.ts';
import type { Finding } from '../pairing/finding.ts';
import { planProcedure } from '../pairing/plan.ts';
import { preflight } from '../pairing/preflight/preflight.ts';
import { PairingError } from '../pairing/problem.ts';
import { checkSchema, checkWords, findingsJson, findingsText } from '../plain/findings.ts';
import { problemLine } from '../plain/json-lines.ts';
import { printProblem } from '../plain/lines.ts';
import { type ExitCode, exitCode, exitCodeOfFindings, exitCodeOfProblem } from './exit-code.ts';
import { type Host, printer } from './host.ts';
import type { CommonOptions } from './options.ts';
import { openSession, type Session } from './session.ts';
import { signsOfLife } from './signs-of-life.ts';

export type CheckRequest = Readonly<{ file: string | undefined; json: boolean; common: CommonOptions }>;

/** `pxpair check`: all that would make a pairing fail, found without changing anything. */
export async function checkCommand(host: Host, request: CheckRequest): Promise<ExitCode> {
	// There is nothing to see through, so the first Ctrl-C ends every look.
	const looking = { ...host, abandon: AbortSignal.any([host.stop, host.abandon]) };
	const isPractice = request.common.practice !== undefined;
	let session: Session | undefined;
	try {
		session = await openSession(looking, { ...request, secrets: 'needed', store: 'optional' });
		const findings = await look(host, session);
		if (host.stop.aborted) {
			return stopped(host);
		}
		const print = printer(host.out);
		if (request.json) {
			print(findingsJson({ schema: checkSchema, practice: isPractice }, findings));
		} else {
			[
				...(session.practice ? [session.practice.banner, ''] : []),
				...findingsText(findings, checkWords),
			].forEach(print);
		}
		return exitCodeOfFindings(findings);
	} catch (error) {
		if (!(error instanceof PairingError)) {
			throw error;
		}
		if (host.stop.aborted) {
			return stopped(host);
		}
		if (request.json) {
			printer(host.out)(problemLine(error.problem, isPractice, checkSchema));
		} else {
			printProblem(error.problem, printer(host.err));
		}
		return exitCodeOfProblem(error.problem);
	} finally {
		await session?.close();
	}
}

async function look(host: Host, { answers, world }: Session): Promise<readonly Finding[]> {
	const facts = {
		source: noFacts(answers.source.context),
		destination: noFacts(answers.destination.context),
	};
	const { ignore = [] } = answers;
	const plan = planProcedure(answers, facts);
	const life = signsOfLife(host, 'Checking both clusters');
	try {
		return await preflight({ world, clock: systemClock, answers, plan, ignore, signal: host.stop });
	} finally {
		life.stop();
	}
}

function stopped(host: Host): ExitCode {
	printer(host.err)('Stopped before all was looked at. Nothing was changed.');
	return exitCode.cancelled;
}
