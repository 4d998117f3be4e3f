import type { NewRecord } from '../../gateways/machine/records.ts';
import { type RunRecord, recordedAnswers } from '../../pairing/answers/record.ts';
import type { Plan } from '../../pairing/step/step.ts';
import { planSummary } from '../../plain/json-lines.ts';
import { environmentOf, kubeconfigFiles } from '../inputs/kubeconfig-files.ts';
import type { Session } from '../inputs/session.ts';
import type { Host } from '../line/host.ts';
import type { CommonOptions } from '../line/options.ts';

/** What the record of a run begins with. @param earlier the run that says where the clusters are */
export const newRecord = (
	host: Pick<Host, 'environment' | 'version'>,
	common: Pick<CommonOptions, 'kubeconfig'>,
	{ answers, sources, practice }: Pick<Session, 'answers' | 'sources' | 'practice'>,
	plan: Plan,
	earlier?: RunRecord,
): NewRecord => ({
	version: host.version,
	practice: practice !== undefined,
	...(practice === undefined && {
		kubeconfig: kubeconfigFiles({ environment: environmentOf(host.environment, earlier) }, common),
	}),
	answers: recordedAnswers(answers, sources),
	plan: { title: plan.title, steps: planSummary(plan).steps },
});
