import * as z from 'zod/mini'
import {
  documentChangeSchema,
  documentDetailSchema,
  documentStateSchema,
} from '../../../schema/admin/document-state.ts'
import { importResultSchema } from '../../../schema/admin/import-result.ts'
import {
  publishedVersionDetailSchema,
  publishedVersionSchema,
} from '../../../schema/admin/published-version.ts'
import { sampleMessageSchema } from '../../../schema/admin/sample-message.ts'
import { configSchema } from '../../../schema/config.ts'
import { admin, type Operation } from './operation.ts'

const content = z.record(z.string(), z.json())
const documents = { answers: { 200: z.object({ documents: z.array(documentStateSchema) }) } }
const changes = { answers: { 200: z.object({ changes: z.array(documentChangeSchema) }) } }
const made = { answers: { 201: documentDetailSchema } }
const here = { answers: { 200: documentDetailSchema } }
const hereOrGone = { answers: { 200: documentDetailSchema, 204: undefined } }

/** What administrators do with tours, checklists, banners and segments: drafts, which are published as versions. */
export const contentOperations: readonly Operation[] = [
  admin('viewer', 'get documents', 'List all tours, checklists, banners and segments.', documents),
  admin('viewer', 'get documents/{kind}', 'List those of one kind, such as tours.', documents),
  admin('author', 'post documents/{kind}', 'Make a draft; without an id it gets one from its name.', {
    body: content,
    ...made,
  }),
  admin(
    'viewer',
    'get documents/{kind}/{id}',
    'Look at one: its draft, what is published, its problems.',
    here,
  ),
  admin(
    'author',
    'put documents/{kind}/{id}',
    'Save a draft, merged with what others have saved since its rev; what clashes is 409, with both sides.',
    { body: z.object({ rev: z.int(), draft: content }), ...here },
  ),
  admin(
    'viewer',
    'get documents/{kind}/{id}/messages',
    'Look at the messages that it would send, with example values; at most 50.',
    { answers: { 200: z.object({ messages: z.array(sampleMessageSchema) }) } },
  ),
  admin('author', 'delete documents/{kind}/{id}', 'Have it removed at the next publishing.', hereOrGone),
  admin('author', 'post documents/{kind}/{id}/discard', 'Forget its draft.', hereOrGone),
  admin('author', 'post documents/{kind}/{id}/copy', 'Make a draft like it under another id.', made),

  admin(
    'viewer',
    'get changes',
    'List the drafts that are not published as they are, place by place.',
    changes,
  ),
  admin('viewer', 'get versions', 'List what was published, the newest first.', {
    query: ['limit', 'before'],
    answers: { 200: z.object({ versions: z.array(publishedVersionSchema), next: z.optional(z.int()) }) },
  }),
  admin('author', 'post versions', 'Publish drafts as the next version: those in items, or all.', {
    body: z.object({ items: z.optional(z.array(z.string())), note: z.optional(z.string()) }),
    answers: { 201: publishedVersionSchema },
  }),
  admin('viewer', 'get versions/{number}', 'Look at a version, as a whole.', {
    answers: { 200: publishedVersionDetailSchema },
  }),
  admin('author', 'post versions/{number}/publish', 'Publish a version once more, as the next.', {
    answers: { 201: publishedVersionSchema },
  }),
  admin('author', 'post versions/{number}/bring-back', 'Make a version the drafts.', changes),

  admin('author', 'get export', 'Get all as a tourhook.json; with secrets=true, for an owner, with secrets.', {
    query: ['secrets'],
    answers: { 200: configSchema },
  }),
  admin('owner', 'post import', 'Take a tourhook.json into the drafts, and make webhooks that are missing.', {
    body: configSchema,
    answers: { 200: importResultSchema },
  }),
]
