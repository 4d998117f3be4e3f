import * as z from 'zod';
import { answersFileShape } from '../../../source/pairing/answers/answers-shape.ts';
import { recordSchema } from '../../../source/pairing/answers/record.ts';
import type { ShellLine } from '../../../source/pairing/words/command.ts';
import { topics } from '../../../source/pairing/words/finding.ts';
import type { Problem } from '../../../source/pairing/words/problem.ts';
import { answerFields } from '../../../source/pairing/words/way.ts';
import { driftSchema } from '../../../source/plain/drift.ts';
import { checkSchema, statusSchema } from '../../../source/plain/findings.ts';
import { runSchema } from '../../../source/plain/json-lines.ts';
import { pairsSchema } from '../../../source/plain/pairs.ts';
import { planSchema } from '../../../source/plain/plan-text.ts';
import { undoPlanSchema } from '../../../source/plain/undo-plan.ts';

/*
 * All that the program prints as JSON, and its records, field by field. Strict here, so that no field goes out that is not
 * described; the published schema is not, since new fields may come any time.
 */

const side = z.enum(['source', 'destination']);
const on = z.enum(['source', 'destination', 'both']);
const at = z.int().min(0).meta({ description: 'Milliseconds since the run began' });
const elapsed = z.int().min(0).meta({ description: 'Milliseconds since the step began' });
const changes = z.int().min(0).meta({ description: 'How many things were made or removed' });
const trace = z.enum(['none', 'unknown']).meta({
	description: 'What a failed change left behind; unknown: it may have gone through',
});
const practice = z.boolean().meta({ description: 'Whether the clusters are pretend ones' });
const time = z.iso.datetime();

/** Its id is any string here: a release may add ids, and what validates output today has to accept those. */
type Printed = Omit<Problem, 'id' | 'others' | 'title' | 'evidence' | 'more'> &
	Readonly<{ id: string; title: string; evidence?: string; more: string; others?: readonly Printed[] }>;

/** Only the program makes one; here it is any text. */
const shellLine = z.string().min(1) as unknown as z.ZodType<ShellLine>;

const way = z
	.discriminatedUnion('kind', [
		z.strictObject({
			kind: z.literal('answer'),
			fields: z.tuple([z.enum(answerFields)], z.enum(answerFields)),
			value: z.string().exactOptional(),
		}),
		z.strictObject({ kind: z.literal('use-account'), replaces: z.literal(true).exactOptional() }),
		z.strictObject({
			kind: z.literal('existing'),
			subject: z.enum(['credential', 'pair']),
			policy: z.enum(['keep', 'replace']),
		}),
		z.strictObject({ kind: z.literal('retry') }),
		z.strictObject({
			kind: z.literal('start'),
			flags: z.string(),
			variable: z.string().exactOptional(),
		}),
		z.strictObject({ kind: z.literal('command'), command: shellLine }),
	])
	.meta({
		id: 'way',
		description:
			'How a remedy is taken: another answer to one of these fields of the answers file, the token of a ServiceAccount, a policy for existing objects, the same again, other flags, or a command',
	});

const remedy = z
	.union([z.string().min(1), z.strictObject({ what: z.string().min(1), way })])
	.meta({ id: 'remedy' });

const problem: z.ZodType<Printed> = z
	.strictObject({
		id: z.string().regex(/^[a-z0-9-]+$/),
		kind: z.enum(['input', 'cluster', 'bug']),
		title: z.string().min(1),
		side: side.exactOptional(),
		evidence: z.string().exactOptional(),
		remedies: z.tuple([remedy], remedy),
		docs: z.url().exactOptional(),
		more: z.string().regex(/^docs\/problems\.md#[a-z0-9-]+$/),
		attachment: z.strictObject({ title: z.string(), text: z.string() }).exactOptional(),
		get others() {
			return z.array(problem).exactOptional();
		},
	})
	.meta({ id: 'problem', description: 'What happened and where, how we know, and what to do' });

const finding = z
	.union([
		z.strictObject({
			level: z.literal('fact'),
			topic: z.enum(topics),
			id: z.string(),
			on,
			text: z.string(),
		}),
		z.strictObject({
			level: z.enum(['error', 'warning']),
			topic: z.enum(topics),
			id: z.string(),
			on,
			text: z.string(),
			problem,
		}),
	])
	.meta({ id: 'finding' });

const outcome = z
	.union([
		z.strictObject({
			kind: z.literal('unchanged'),
			evidence: z.string(),
			warnings: z.array(problem).exactOptional(),
		}),
		z.strictObject({
			kind: z.literal('changed'),
			made: z.string(),
			evidence: z.string(),
			identity: z.string().exactOptional(),
		}),
		z.strictObject({
			kind: z.literal('undone'),
			made: z.string(),
			kept: z.string().exactOptional(),
			absent: z.literal(true).exactOptional(),
		}),
		z.strictObject({ kind: z.literal('failed'), problem, trace }),
		z.strictObject({ kind: z.literal('skipped'), because: z.string() }),
		z.strictObject({ kind: z.literal('cancelled') }),
	])
	.meta({ id: 'outcome' });

const result = z
	.union([
		z.strictObject({ kind: z.literal('done'), changes }),
		z.strictObject({ kind: z.literal('failed'), changes, problem, trace }),
		z.strictObject({ kind: z.literal('cancelled'), changes }),
	])
	.meta({ id: 'result' });

const step = z.string().meta({ description: 'The id of a step of the plan' });
const started = z.strictObject({ type: z.literal('step-started'), step, at });
const noted = z.strictObject({ type: z.literal('step-noted'), step, note: z.string(), at });
const changing = z.strictObject({ type: z.literal('step-changing'), step, makes: z.string(), at });
const waiting = z.strictObject({ type: z.literal('step-waiting'), step, elapsed, at });
const finished = z.strictObject({ type: z.literal('step-finished'), step, outcome, elapsed, at });
const ended = z.strictObject({ type: z.literal('run-finished'), result, at });

const plannedStep = z.strictObject({
	id: z.string(),
	on,
	title: z.string(),
	changes: z.string().nullable().meta({ description: 'What it makes; null for a step that only looks' }),
	docs: z.url(),
});

const line = { schema: z.literal(runSchema), practice };

const run = z
	.union([
		z.strictObject({
			...line,
			type: z.literal('run-started'),
			run: z.string(),
			title: z.string(),
			remarks: z.array(z.string()),
			steps: z.array(plannedStep),
		}),
		...[started, noted, changing, waiting, finished, ended].map(event =>
			z.strictObject({ ...line, ...event.shape }),
		),
		z.strictObject({
			...line,
			type: z.literal('proof'),
			proved: z.boolean().nullable().meta({ description: 'null: stopped before it was known' }),
			seconds: z.int().min(0),
			left: z.array(z.string()).meta({ description: 'What it created and could not remove' }),
		}),
	])
	.meta({ id: 'run', description: 'A line of pxpair run, undo or prove with --json' });

const plan = z
	.strictObject({
		schema: z.literal(planSchema),
		practice,
		title: z.string(),
		remarks: z.array(z.string()),
		steps: z.array(plannedStep.extend({ preview: z.array(z.string()) })),
		findings: z.array(finding),
	})
	.meta({ id: 'plan', description: 'pxpair plan --json' });

const found = {
	practice,
	errors: z.int().min(0),
	warnings: z.int().min(0),
	findings: z.array(finding),
};

const check = z
	.strictObject({ schema: z.literal(checkSchema), ...found })
	.meta({ id: 'check', description: 'pxpair check --json' });

const status = z
	.strictObject({
		schema: z.literal(statusSchema),
		pair: z.strictObject({ name: z.string(), namespace: z.string(), back: z.boolean() }),
		source: z.string(),
		destination: z.string(),
		run: z.string().nullable(),
		...found,
	})
	.meta({ id: 'status', description: 'pxpair status --json' });

const pairs = z
	.strictObject({
		schema: z.literal(pairsSchema),
		source: z.string(),
		destination: z.string(),
		...found,
		pairs: z.array(
			z.strictObject({
				name: z.string(),
				namespace: z.string(),
				on: z.string(),
				towards: z.string().nullable(),
				storageStatus: z.string().nullable(),
				schedulerStatus: z.string().nullable(),
				createdAt: time.nullable(),
				loginExpiresAt: time.nullable(),
				tried: z.boolean(),
				errors: z.int().min(0),
				warnings: z.int().min(0),
				findings: z.array(finding),
			}),
		),
	})
	.meta({ id: 'pairs', description: 'pxpair status --json, of all pairs of two clusters' });

const drift = z
	.strictObject({
		schema: z.literal(driftSchema),
		practice,
		against: z.string(),
		compared: z.int().min(0),
		differences: z.array(
			z.strictObject({
				step,
				on: z.enum(['source', 'destination', 'both']),
				kind: z.enum(['missing', 'differs', 'not-ready']),
				what: z.string(),
				evidence: z.string(),
			}),
		),
		problems: z.array(problem),
	})
	.meta({ id: 'drift', description: 'pxpair check --against --json' });

const runs = z
	.strictObject({
		schema: z.literal('pxpair.runs/v1'),
		runs: z.array(
			z.strictObject({
				id: z.string(),
				startedAt: time.nullable(),
				practice,
				title: z.string(),
				standing: z.enum(['running', 'done', 'failed', 'stopped', 'broken-off', 'taken-back']),
				made: z.array(
					z.strictObject({
						step,
						what: z.string(),
						isCertain: z.boolean(),
						identity: z.string().exactOptional(),
					}),
				),
			}),
		),
		odd: z.array(z.strictObject({ path: z.string(), because: z.string() })),
	})
	.meta({ id: 'runs', description: 'pxpair runs --json' });

const undoPlan = z
	.strictObject({
		schema: z.literal(undoPlanSchema),
		run: z.string(),
		title: z.string(),
		objects: z.array(
			z.strictObject({
				run: z.string().meta({ description: 'Which run made it: an earlier one may have left it behind' }),
				step,
				on,
				what: z.string(),
				would: z.enum(['delete', 'keep', 'not-found', 'unknown']),
				because: z.string().exactOptional().meta({ description: 'Why it would be kept' }),
				caution: z.string().exactOptional().meta({ description: 'What may speak against deleting it' }),
				problem: problem.exactOptional(),
			}),
		),
	})
	.meta({ id: 'undoPlan', description: 'pxpair undo --plan --json' });

const refused = z
	.strictObject({
		schema: z.enum([
			runSchema,
			planSchema,
			checkSchema,
			statusSchema,
			pairsSchema,
			driftSchema,
			'pxpair.runs/v1',
			'pxpair.undo/v1',
			undoPlanSchema,
		]),
		practice,
		type: z.literal('problem'),
		problem,
	})
	.meta({ id: 'refused', description: 'In place of any of these, where there can be none' });

const identity = z.strictObject({
	context: z.string(),
	server: z.string().exactOptional(),
	uid: z.string().exactOptional(),
	portworx: z.string().exactOptional(),
});

const record = z
	.strictObject({
		schema: z.literal(recordSchema),
		id: z.string(),
		version: z.string(),
		practice,
		kubeconfig: z.array(z.string()).exactOptional(),
		answers: answersFileShape,
		plan: z.strictObject({
			title: z.string(),
			// Who goes on with a record, or undoes it, keeps what it needs of the plan.
			steps: z.array(plannedStep.omit({ docs: true }).extend({ docs: z.url().exactOptional() })),
		}),
		proof: z
			.strictObject({
				name: z.string(),
				nonce: z.string(),
				namespace: z.string(),
				storageClass: z.string(),
				bringsClass: z.boolean(),
				images: z.strictObject({ source: z.string(), destination: z.string() }),
				assignsUsers: z.strictObject({ source: z.boolean(), destination: z.boolean() }),
				secured: z.string().exactOptional(),
			})
			.exactOptional()
			.meta({ description: 'Of pxpair prove: what its plan is made of' }),
		uuids: z.strictObject({ source: z.string().exactOptional(), destination: z.string().exactOptional() }),
		clusters: z
			.strictObject({ source: identity.exactOptional(), destination: identity.exactOptional() })
			.exactOptional(),
		attempts: z.array(
			z.strictObject({
				kind: z.enum(['run', 'undo']),
				startedAt: time,
				events: z.array(z.union([started, noted, changing, finished, ended])),
			}),
		),
	})
	.meta({ id: 'record', description: 'A file in the folder of records' });

export const outputShapes = { run, plan, check, status, pairs, drift, runs, undoPlan, refused, record };

/** The published JSON Schema of all outputs; the answers in a record have one of their own. */
export const outputJsonSchema = (): unknown => ({
	title: 'What pxpair prints as JSON, and its records',
	...z.toJSONSchema(z.union(Object.values(outputShapes)), {
		override({ zodSchema, jsonSchema }) {
			if (jsonSchema.additionalProperties === false) {
				delete jsonSchema.additionalProperties;
			}
			if (zodSchema === answersFileShape) {
				for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
				jsonSchema.$ref = 'answers.schema.json';
			}
		},
	}),
});
