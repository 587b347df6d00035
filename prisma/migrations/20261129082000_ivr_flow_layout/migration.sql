-- Where somebody put the menus of a flow on the screen: beside the document, of no meaning to callers.
ALTER TABLE "ivr_flow" ADD COLUMN "layout" JSONB;
