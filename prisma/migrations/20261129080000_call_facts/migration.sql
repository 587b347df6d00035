-- What calls are counted by. The record has all of it, but reading millions of records for a chart would take minutes.
ALTER TABLE "call"
    ADD COLUMN "ring_seconds" INTEGER,
    ADD COLUMN "talk_seconds" INTEGER,
    ADD COLUMN "missed" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "recorded" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "agent_code" TEXT,
    ADD COLUMN "queue_id" TEXT;

-- Of calls that are there already: what their legs say, where it takes no folding of several.
UPDATE "call" c
SET "missed" = c."direction" = 'inbound' AND c."settle_at" IS NULL
        AND c."result" NOT IN ('answered', 'voicemail', 'unknown')
        AND NOT coalesce(jsonb_path_exists(c."record"::jsonb, '$.legs[*].nobodyMissed'), false),
    "recorded" = jsonb_path_exists(c."record"::jsonb, '$.legs[*].recordings[*]'),
    "agent_code" = left(l.leg -> 'agent' ->> 'code', 255),
    "queue_id" = left(l.leg -> 'queue' ->> 'id', 255),
    "ring_seconds" = CASE WHEN l.legs = 1 THEN least((l.leg ->> 'ringSeconds')::numeric, 2147483647)::int END,
    "talk_seconds" = CASE WHEN l.legs = 1 THEN least((l.leg ->> 'talkSeconds')::numeric, 2147483647)::int END
FROM (
    SELECT k."id", json_array_length(k."record" -> 'legs') AS legs, k."record" -> 'legs' -> 0 AS leg FROM "call" k
) l
WHERE l."id" = c."id";
