-- The schema of the first installations (22 November 2026), as pg_dump wrote it out.
SET check_function_bodies = false;


CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);


CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);


CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);


CREATE FUNCTION public.matters_bigrams(words text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT coalesce(array_agg(DISTINCT substr(w, i, 2)), '{}')
  FROM (SELECT lower(regexp_replace(words, '\s+', '', 'g')) AS w) AS folded, generate_series(1, length(w) - 1) AS i
$$;


CREATE FUNCTION public.matters_found(words text, at_most integer) RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  SELECT m.id FROM matters_matter m JOIN matters_words w ON w.matter_id = m.id
  WHERE w.grams @> matters_bigrams(words)
    AND (m.title || ' ' || m.text) ILIKE '%' || replace(replace(words, '\', '\\'), '%', '\%') || '%'
    AND m.district_id = (SELECT nullif(current_setting('app.district', true), '')::bigint) AND m.seen_by && (SELECT string_to_array(nullif(current_setting('app.units', true), ''), ',')::bigint[]) AND m.sensitivity <= (SELECT coalesce(nullif(current_setting('app.clearance', true), '')::int, -1)) AND ((SELECT string_to_array(nullif(current_setting('app.kinds', true), '*'), ','))::text[] IS NULL OR m.kind = ANY((SELECT string_to_array(nullif(current_setting('app.kinds', true), '*'), ','))::text[]))
  ORDER BY m.created_at DESC LIMIT at_most
$$;


CREATE FUNCTION public.matters_keep_words() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
BEGIN
  INSERT INTO matters_words SELECT id, district_id, matters_bigrams(title || ' ' || left(text, 120)) FROM added;
  RETURN NULL;
END $$;


CREATE FUNCTION public.org_asker(asked_user bigint) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  SELECT jsonb_build_object(
    'district', d.id, 'district_code', d.code, 'generation', d.generation, 'roles', d.roles, 'person', p.id, 'name', p.name,
    'posts', coalesce((
      SELECT jsonb_agg(jsonb_build_object(
          'id', o.id, 'code', o.code, 'role', o.role, 'unit', u.id, 'unit_code', u.code,
          'sees', CASE WHEN u.kind IN ('centre', 'office') THEN coalesce(u.parent_id, u.id) ELSE u.id END) ORDER BY o.id)
      FROM org_appointment a JOIN org_post o ON o.id = a.post_id JOIN org_unit u ON u.id = o.unit_id
      WHERE a.person_id = p.id
        AND a.since <= (now() AT TIME ZONE d.time_zone)::date
        AND (a.until IS NULL OR a.until > (now() AT TIME ZONE d.time_zone)::date)), '[]'::jsonb))
  FROM org_person p JOIN org_district d ON d.id = p.district_id
  WHERE p.user_id = asked_user
$$;


CREATE FUNCTION public.org_refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: correct by adding, not by changing', TG_TABLE_NAME;
END $$;


CREATE FUNCTION public.org_system(asked_district bigint) RETURNS TABLE(code text, root bigint, generation integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  SELECT d.code::text, u.id, d.generation FROM org_district d
  JOIN org_unit u ON u.district_id = d.id AND u.parent_id IS NULL WHERE d.id = asked_district
$$;


CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;


CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;


CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;


CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);


CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;


CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;


CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;


CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;


CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;


CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;


CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;


CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;


CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;


CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;


CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;


CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;


CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;


CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;


CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;


CREATE AGGREGATE public.matters_merge(jsonb) (
    SFUNC = jsonb_concat,
    STYPE = jsonb,
    INITCOND = '{}'
);


CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);


ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);


ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);


ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.auth_user (
    id integer NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    is_superuser boolean NOT NULL,
    username character varying(150) NOT NULL,
    first_name character varying(150) NOT NULL,
    last_name character varying(150) NOT NULL,
    email character varying(254) NOT NULL,
    is_staff boolean NOT NULL,
    is_active boolean NOT NULL,
    date_joined timestamp with time zone NOT NULL
);


CREATE TABLE public.auth_user_groups (
    id bigint NOT NULL,
    user_id integer NOT NULL,
    group_id integer NOT NULL
);


ALTER TABLE public.auth_user_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_user_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


ALTER TABLE public.auth_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.auth_user_user_permissions (
    id bigint NOT NULL,
    user_id integer NOT NULL,
    permission_id integer NOT NULL
);


ALTER TABLE public.auth_user_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_user_user_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.axes_accessattempt (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    get_data text NOT NULL,
    post_data text NOT NULL,
    failures_since_start integer NOT NULL,
    CONSTRAINT axes_accessattempt_failures_since_start_check CHECK ((failures_since_start >= 0))
);


ALTER TABLE public.axes_accessattempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessattempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.axes_accessattemptexpiration (
    access_attempt_id integer NOT NULL,
    expires_at timestamp with time zone NOT NULL
);


CREATE TABLE public.axes_accessfailurelog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    locked_out boolean NOT NULL
);


ALTER TABLE public.axes_accessfailurelog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessfailurelog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.axes_accesslog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    logout_time timestamp with time zone,
    session_hash character varying(64) NOT NULL
);


ALTER TABLE public.axes_accesslog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accesslog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);


ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);


CREATE TABLE public.goals_change (
    id bigint NOT NULL,
    what character varying(12) NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    reason character varying(400) NOT NULL,
    at timestamp with time zone NOT NULL,
    district_id bigint NOT NULL,
    person_id bigint,
    goal_id bigint NOT NULL
);


ALTER TABLE public.goals_change ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goals_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.goals_correction (
    id bigint NOT NULL,
    step integer NOT NULL,
    undoes integer,
    what character varying(10) NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    district_id bigint NOT NULL,
    person_id bigint,
    plan_id bigint NOT NULL,
    statement_id bigint NOT NULL
);


ALTER TABLE public.goals_correction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goals_correction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.goals_document (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    media_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    content bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    district_id bigint NOT NULL,
    plan_id bigint,
    report_id bigint
);


ALTER TABLE public.goals_document ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goals_document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.goals_goal (
    id bigint NOT NULL,
    "position" integer NOT NULL,
    year integer NOT NULL,
    kind character varying(10) NOT NULL,
    section character varying(200) NOT NULL,
    item_no character varying(40) NOT NULL,
    title character varying(200) NOT NULL,
    quote text NOT NULL,
    comparator character varying(8) NOT NULL,
    value numeric(24,6),
    value2 numeric(24,6),
    unit character varying(40) NOT NULL,
    measure character varying(12) NOT NULL,
    period character varying(40) NOT NULL,
    due date,
    approx boolean NOT NULL,
    stretch boolean NOT NULL,
    nature character varying(6) NOT NULL,
    base numeric(24,6),
    path jsonb,
    indicator character varying(60) NOT NULL,
    co bigint[] NOT NULL,
    leader character varying(60) NOT NULL,
    contact character varying(60) NOT NULL,
    note character varying(400) NOT NULL,
    seen_by bigint[] NOT NULL,
    version integer NOT NULL,
    district_id bigint NOT NULL,
    lead_id bigint,
    parent_id bigint,
    plan_id bigint NOT NULL,
    statement_id bigint
);


ALTER TABLE public.goals_goal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goals_goal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.goals_plan (
    id bigint NOT NULL,
    title character varying(200) NOT NULL,
    year integer NOT NULL,
    kind character varying(10) NOT NULL,
    filename character varying(200) NOT NULL,
    sha256 character varying(64) NOT NULL,
    text text NOT NULL,
    items jsonb NOT NULL,
    warnings jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    adopted_at timestamp with time zone,
    step integer NOT NULL,
    seen_by bigint[] NOT NULL,
    district_id bigint NOT NULL,
    person_id bigint
);


ALTER TABLE public.goals_plan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goals_plan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.goals_report (
    id bigint NOT NULL,
    period character varying(7) NOT NULL,
    value numeric(24,6) NOT NULL,
    note character varying(1000) NOT NULL,
    explanation character varying(1000) NOT NULL,
    at timestamp with time zone NOT NULL,
    district_id bigint NOT NULL,
    goal_id bigint NOT NULL,
    person_id bigint,
    unit_id bigint
);


ALTER TABLE public.goals_report ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goals_report_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.goals_settings (
    id bigint NOT NULL,
    version date NOT NULL,
    definition jsonb NOT NULL,
    current boolean NOT NULL,
    district_id bigint NOT NULL
);


ALTER TABLE public.goals_settings ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goals_settings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.goals_statement (
    id bigint NOT NULL,
    "position" integer NOT NULL,
    status character varying(10) NOT NULL,
    kind character varying(10) NOT NULL,
    section character varying(200) NOT NULL,
    item_no character varying(40) NOT NULL,
    quote text NOT NULL,
    quote_offset integer NOT NULL,
    indicator character varying(200) NOT NULL,
    comparator character varying(8) NOT NULL,
    value numeric(24,6),
    value2 numeric(24,6),
    unit character varying(40) NOT NULL,
    measure character varying(12) NOT NULL,
    period character varying(40) NOT NULL,
    due date,
    approx boolean NOT NULL,
    stretch boolean NOT NULL,
    scope character varying(200) NOT NULL,
    time_frame character varying(12) NOT NULL,
    co bigint[] NOT NULL,
    read jsonb NOT NULL,
    doubts jsonb NOT NULL,
    confidence double precision NOT NULL,
    version integer NOT NULL,
    district_id bigint NOT NULL,
    lead_id bigint,
    merged_into_id bigint,
    origin_id bigint,
    plan_id bigint NOT NULL
);


ALTER TABLE public.goals_statement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goals_statement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.goals_verification (
    id bigint NOT NULL,
    accepted boolean NOT NULL,
    note character varying(1000) NOT NULL,
    at timestamp with time zone NOT NULL,
    district_id bigint NOT NULL,
    person_id bigint NOT NULL,
    report_id bigint NOT NULL
);


ALTER TABLE public.goals_verification ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goals_verification_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.indicators_indicator (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    version date NOT NULL,
    definition jsonb NOT NULL,
    current boolean NOT NULL,
    "position" integer NOT NULL,
    district_id bigint NOT NULL
);


ALTER TABLE public.indicators_indicator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.indicators_indicator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.indicators_vital (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    version date NOT NULL,
    definition jsonb NOT NULL,
    dimension jsonb NOT NULL,
    current boolean NOT NULL,
    "position" integer NOT NULL,
    district_id bigint NOT NULL
);


ALTER TABLE public.indicators_vital ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.indicators_vital_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.matters_category (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    parent character varying(40) NOT NULL,
    top character varying(40) NOT NULL,
    name jsonb NOT NULL,
    class_name character varying(20) NOT NULL,
    urgency character varying(20) NOT NULL,
    "position" integer NOT NULL,
    district_id bigint NOT NULL
);


ALTER TABLE public.matters_category ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.matters_category_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.matters_checkpoint (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    matters bigint NOT NULL,
    last_matter bigint NOT NULL,
    last_entry bigint NOT NULL,
    root bytea NOT NULL,
    prev bytea NOT NULL,
    district_id bigint NOT NULL
);


ALTER TABLE public.matters_checkpoint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.matters_checkpoint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.matters_counter (
    id bigint NOT NULL,
    prefix character varying(20) NOT NULL,
    day date NOT NULL,
    last integer NOT NULL,
    district_id bigint NOT NULL
);


ALTER TABLE public.matters_counter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.matters_counter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.matters_duty (
    id bigint NOT NULL,
    category character varying(40) NOT NULL,
    "to" character varying(60) NOT NULL,
    clause character varying(200) NOT NULL,
    district_id bigint NOT NULL
);


ALTER TABLE public.matters_duty ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.matters_duty_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.matters_entry (
    id bigint NOT NULL,
    seq integer NOT NULL,
    at timestamp with time zone NOT NULL,
    action character varying(40) NOT NULL,
    role character varying(20) NOT NULL,
    from_stage character varying(40) NOT NULL,
    to_stage character varying(40) NOT NULL,
    data jsonb NOT NULL,
    delta jsonb NOT NULL,
    key character varying(80),
    prev bytea NOT NULL,
    hash bytea NOT NULL,
    district_id bigint NOT NULL,
    person_id bigint,
    post_id bigint,
    matter_id bigint NOT NULL
);


ALTER TABLE public.matters_entry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.matters_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.matters_evidence (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    media_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    lon double precision,
    lat double precision,
    taken_at timestamp with time zone,
    district_id bigint NOT NULL,
    person_id bigint,
    matter_id bigint
);


ALTER TABLE public.matters_evidence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.matters_evidence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.matters_kind (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    version date NOT NULL,
    definition text NOT NULL,
    current boolean NOT NULL,
    district_id bigint NOT NULL
);


ALTER TABLE public.matters_kind ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.matters_kind_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.matters_matter (
    id bigint NOT NULL,
    kind character varying(40) NOT NULL,
    kind_version date NOT NULL,
    number character varying(40) NOT NULL,
    title character varying(400) NOT NULL,
    text text NOT NULL,
    category character varying(40) NOT NULL,
    urgency character varying(20) NOT NULL,
    channel character varying(40) NOT NULL,
    stage character varying(40) NOT NULL,
    holder_role character varying(20) NOT NULL,
    cell character varying(20) NOT NULL,
    lon double precision,
    lat double precision,
    created_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    due_at timestamp with time zone,
    due_clock character varying(40) NOT NULL,
    sensitivity smallint NOT NULL,
    seen_by bigint[] NOT NULL,
    facts jsonb NOT NULL,
    simulated boolean NOT NULL,
    tracking character varying(64) NOT NULL,
    source character varying(120) NOT NULL,
    version integer NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    last_action character varying(40) NOT NULL,
    head bytea NOT NULL,
    desk_id bigint,
    district_id bigint NOT NULL,
    holder_id bigint,
    lead_id bigint,
    neighbourhood_id bigint,
    street_id bigint
)
WITH (toast_tuple_target='8160');


ALTER TABLE public.matters_matter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.matters_matter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.matters_reporter (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    phone character varying(40) NOT NULL,
    address character varying(200) NOT NULL,
    district_id bigint NOT NULL,
    matter_id bigint NOT NULL
);


ALTER TABLE public.matters_reporter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.matters_reporter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.matters_words (
    matter_id bigint NOT NULL,
    district_id bigint NOT NULL,
    grams text[] NOT NULL
);


CREATE TABLE public.org_appointment (
    id bigint NOT NULL,
    since date NOT NULL,
    until date,
    district_id bigint NOT NULL,
    person_id bigint NOT NULL,
    post_id bigint NOT NULL
);


ALTER TABLE public.org_appointment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.org_appointment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.org_cell (
    id bigint NOT NULL,
    code character varying(20) NOT NULL,
    boundary jsonb NOT NULL,
    district_id bigint NOT NULL,
    unit_id bigint NOT NULL
);


ALTER TABLE public.org_cell ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.org_cell_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.org_district (
    id bigint NOT NULL,
    code character varying(12) NOT NULL,
    title jsonb NOT NULL,
    time_zone character varying(40) NOT NULL,
    calendar jsonb NOT NULL,
    demo boolean NOT NULL,
    roles jsonb NOT NULL,
    offices jsonb NOT NULL,
    digest character varying(10) NOT NULL,
    generation integer NOT NULL
);


ALTER TABLE public.org_district ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.org_district_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.org_landmark (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    name jsonb NOT NULL,
    shape jsonb NOT NULL,
    district_id bigint NOT NULL
);


ALTER TABLE public.org_landmark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.org_landmark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.org_person (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    district_id bigint NOT NULL,
    user_id integer
);


ALTER TABLE public.org_person ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.org_person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.org_post (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    role character varying(20) NOT NULL,
    title jsonb NOT NULL,
    district_id bigint NOT NULL,
    unit_id bigint NOT NULL
);


ALTER TABLE public.org_post ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.org_post_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.org_reading (
    id bigint NOT NULL,
    subject character varying(80) NOT NULL,
    purpose character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    district_id bigint NOT NULL,
    person_id bigint NOT NULL
);


ALTER TABLE public.org_reading ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.org_reading_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.org_unit (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    kind character varying(20) NOT NULL,
    name jsonb NOT NULL,
    short jsonb NOT NULL,
    aliases character varying(60)[] NOT NULL,
    gb_code character varying(15) NOT NULL,
    path bigint[] NOT NULL,
    "position" integer NOT NULL,
    boundary jsonb,
    district_id bigint NOT NULL,
    parent_id bigint
);


ALTER TABLE public.org_unit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.org_unit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);


CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;


CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;


CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);


CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;


CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.signals_quarantine (
    id bigint NOT NULL,
    source character varying(60) NOT NULL,
    kind character varying(40) NOT NULL,
    file character varying(200) NOT NULL,
    line bigint NOT NULL,
    raw text NOT NULL,
    reasons jsonb NOT NULL,
    content_hash bytea NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sensitivity smallint NOT NULL,
    seen_by bigint[] NOT NULL,
    district_id bigint NOT NULL
);


ALTER TABLE public.signals_quarantine ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.signals_quarantine_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.signals_reading (
    id bigint NOT NULL,
    series character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    value double precision NOT NULL,
    district_id bigint NOT NULL
);


ALTER TABLE public.signals_reading ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.signals_reading_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.signals_signal (
    id bigint NOT NULL,
    source character varying(60) NOT NULL,
    external_id character varying(120) NOT NULL,
    content_hash bytea NOT NULL,
    received_at timestamp with time zone NOT NULL,
    raw jsonb NOT NULL,
    district_id bigint NOT NULL,
    matter_id bigint
);


ALTER TABLE public.signals_signal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.signals_signal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wall_mode (
    id bigint NOT NULL,
    mode character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    reason character varying(200) NOT NULL,
    district_id bigint NOT NULL,
    person_id bigint NOT NULL
);


ALTER TABLE public.wall_mode ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wall_mode_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);


ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);


ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);


ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);


ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);


ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);


ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_user_id_group_id_94350c0c_uniq UNIQUE (user_id, group_id);


ALTER TABLE ONLY public.auth_user
    ADD CONSTRAINT auth_user_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permissions_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permissions_user_id_permission_id_14a6b632_uniq UNIQUE (user_id, permission_id);


ALTER TABLE ONLY public.auth_user
    ADD CONSTRAINT auth_user_username_key UNIQUE (username);


ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_username_ip_address_user_agent_8ea22282_uniq UNIQUE (username, ip_address, user_agent);


ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptexpiration_pkey PRIMARY KEY (access_attempt_id);


ALTER TABLE ONLY public.axes_accessfailurelog
    ADD CONSTRAINT axes_accessfailurelog_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.axes_accesslog
    ADD CONSTRAINT axes_accesslog_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);


ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);


ALTER TABLE ONLY public.goals_change
    ADD CONSTRAINT goals_change_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.goals_correction
    ADD CONSTRAINT goals_correction_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.goals_document
    ADD CONSTRAINT goals_document_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.goals_goal
    ADD CONSTRAINT goals_goal_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.goals_goal
    ADD CONSTRAINT goals_goal_statement_id_key UNIQUE (statement_id);


ALTER TABLE ONLY public.goals_plan
    ADD CONSTRAINT goals_plan_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.goals_plan
    ADD CONSTRAINT goals_plan_sha256 UNIQUE (district_id, sha256);


ALTER TABLE ONLY public.goals_report
    ADD CONSTRAINT goals_report_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.goals_settings
    ADD CONSTRAINT goals_settings_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.goals_settings
    ADD CONSTRAINT goals_settings_version UNIQUE (district_id, version);


ALTER TABLE ONLY public.goals_statement
    ADD CONSTRAINT goals_statement_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.goals_verification
    ADD CONSTRAINT goals_verification_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.goals_verification
    ADD CONSTRAINT goals_verification_report_id_key UNIQUE (report_id);


ALTER TABLE ONLY public.indicators_indicator
    ADD CONSTRAINT indicators_indicator_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.indicators_indicator
    ADD CONSTRAINT indicators_indicator_version UNIQUE (district_id, code, version);


ALTER TABLE ONLY public.indicators_vital
    ADD CONSTRAINT indicators_vital_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.indicators_vital
    ADD CONSTRAINT indicators_vital_version UNIQUE (district_id, code, version);


ALTER TABLE ONLY public.matters_category
    ADD CONSTRAINT matters_category_code UNIQUE (district_id, code);


ALTER TABLE ONLY public.matters_category
    ADD CONSTRAINT matters_category_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.matters_checkpoint
    ADD CONSTRAINT matters_checkpoint_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.matters_counter
    ADD CONSTRAINT matters_counter_day UNIQUE (district_id, prefix, day);


ALTER TABLE ONLY public.matters_counter
    ADD CONSTRAINT matters_counter_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.matters_duty
    ADD CONSTRAINT matters_duty_category UNIQUE (district_id, category);


ALTER TABLE ONLY public.matters_duty
    ADD CONSTRAINT matters_duty_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.matters_entry
    ADD CONSTRAINT matters_entry_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.matters_entry
    ADD CONSTRAINT matters_entry_seq UNIQUE (matter_id, seq);


ALTER TABLE ONLY public.matters_evidence
    ADD CONSTRAINT matters_evidence_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.matters_kind
    ADD CONSTRAINT matters_kind_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.matters_kind
    ADD CONSTRAINT matters_kind_version UNIQUE (district_id, code, version);


ALTER TABLE ONLY public.matters_matter
    ADD CONSTRAINT matters_matter_number UNIQUE (district_id, number);


ALTER TABLE ONLY public.matters_matter
    ADD CONSTRAINT matters_matter_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.matters_reporter
    ADD CONSTRAINT matters_reporter_matter_id_key UNIQUE (matter_id);


ALTER TABLE ONLY public.matters_reporter
    ADD CONSTRAINT matters_reporter_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.matters_words
    ADD CONSTRAINT matters_words_pkey PRIMARY KEY (matter_id);


ALTER TABLE ONLY public.org_appointment
    ADD CONSTRAINT org_appointment_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.org_cell
    ADD CONSTRAINT org_cell_code UNIQUE (district_id, code);


ALTER TABLE ONLY public.org_cell
    ADD CONSTRAINT org_cell_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.org_district
    ADD CONSTRAINT org_district_code_key UNIQUE (code);


ALTER TABLE ONLY public.org_district
    ADD CONSTRAINT org_district_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.org_landmark
    ADD CONSTRAINT org_landmark_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.org_person
    ADD CONSTRAINT org_person_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.org_person
    ADD CONSTRAINT org_person_user_id_key UNIQUE (user_id);


ALTER TABLE ONLY public.org_post
    ADD CONSTRAINT org_post_code UNIQUE (district_id, code);


ALTER TABLE ONLY public.org_post
    ADD CONSTRAINT org_post_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.org_reading
    ADD CONSTRAINT org_reading_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.org_unit
    ADD CONSTRAINT org_unit_code UNIQUE (district_id, code);


ALTER TABLE ONLY public.org_unit
    ADD CONSTRAINT org_unit_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);


ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.signals_quarantine
    ADD CONSTRAINT signals_quarantine_once UNIQUE (district_id, source, file, line, content_hash);


ALTER TABLE ONLY public.signals_quarantine
    ADD CONSTRAINT signals_quarantine_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.signals_reading
    ADD CONSTRAINT signals_reading_once UNIQUE (district_id, series, at);


ALTER TABLE ONLY public.signals_reading
    ADD CONSTRAINT signals_reading_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.signals_signal
    ADD CONSTRAINT signals_signal_once UNIQUE (district_id, source, external_id);


ALTER TABLE ONLY public.signals_signal
    ADD CONSTRAINT signals_signal_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wall_mode
    ADD CONSTRAINT wall_mode_pkey PRIMARY KEY (id);


CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);


CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);


CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);


CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);


CREATE INDEX auth_user_groups_group_id_97559544 ON public.auth_user_groups USING btree (group_id);


CREATE INDEX auth_user_groups_user_id_6a12ed8b ON public.auth_user_groups USING btree (user_id);


CREATE INDEX auth_user_user_permissions_permission_id_1fbb5f2c ON public.auth_user_user_permissions USING btree (permission_id);


CREATE INDEX auth_user_user_permissions_user_id_a95ead1b ON public.auth_user_user_permissions USING btree (user_id);


CREATE INDEX auth_user_username_6821ab7c_like ON public.auth_user USING btree (username varchar_pattern_ops);


CREATE INDEX axes_accessattempt_ip_address_10922d9c ON public.axes_accessattempt USING btree (ip_address);


CREATE INDEX axes_accessattempt_user_agent_ad89678b ON public.axes_accessattempt USING btree (user_agent);


CREATE INDEX axes_accessattempt_user_agent_ad89678b_like ON public.axes_accessattempt USING btree (user_agent varchar_pattern_ops);


CREATE INDEX axes_accessattempt_username_3f2d4ca0 ON public.axes_accessattempt USING btree (username);


CREATE INDEX axes_accessattempt_username_3f2d4ca0_like ON public.axes_accessattempt USING btree (username varchar_pattern_ops);


CREATE INDEX axes_accessfailurelog_ip_address_2e9f5a7f ON public.axes_accessfailurelog USING btree (ip_address);


CREATE INDEX axes_accessfailurelog_user_agent_ea145dda ON public.axes_accessfailurelog USING btree (user_agent);


CREATE INDEX axes_accessfailurelog_user_agent_ea145dda_like ON public.axes_accessfailurelog USING btree (user_agent varchar_pattern_ops);


CREATE INDEX axes_accessfailurelog_username_a8b7e8a4 ON public.axes_accessfailurelog USING btree (username);


CREATE INDEX axes_accessfailurelog_username_a8b7e8a4_like ON public.axes_accessfailurelog USING btree (username varchar_pattern_ops);


CREATE INDEX axes_accesslog_ip_address_86b417e5 ON public.axes_accesslog USING btree (ip_address);


CREATE INDEX axes_accesslog_user_agent_0e659004 ON public.axes_accesslog USING btree (user_agent);


CREATE INDEX axes_accesslog_user_agent_0e659004_like ON public.axes_accesslog USING btree (user_agent varchar_pattern_ops);


CREATE INDEX axes_accesslog_username_df93064b ON public.axes_accesslog USING btree (username);


CREATE INDEX axes_accesslog_username_df93064b_like ON public.axes_accesslog USING btree (username varchar_pattern_ops);


CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);


CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);


CREATE INDEX goals_change_district_id_bc1a3665 ON public.goals_change USING btree (district_id);


CREATE INDEX goals_change_goal_id_56ab620a ON public.goals_change USING btree (goal_id);


CREATE INDEX goals_change_person_id_717bafe2 ON public.goals_change USING btree (person_id);


CREATE INDEX goals_correction_district_id_29cc0fb5 ON public.goals_correction USING btree (district_id);


CREATE INDEX goals_correction_person_id_62f7ce51 ON public.goals_correction USING btree (person_id);


CREATE INDEX goals_correction_plan_id_3efa674c ON public.goals_correction USING btree (plan_id);


CREATE INDEX goals_correction_statement_id_4192981a ON public.goals_correction USING btree (statement_id);


CREATE INDEX goals_correction_step ON public.goals_correction USING btree (plan_id, step);


CREATE INDEX goals_document_district_id_8ab465f4 ON public.goals_document USING btree (district_id);


CREATE INDEX goals_document_plan_id_7aebd45f ON public.goals_document USING btree (plan_id);


CREATE INDEX goals_document_report_id_055047be ON public.goals_document USING btree (report_id);


CREATE INDEX goals_goal_district_id_9be6ac78 ON public.goals_goal USING btree (district_id);


CREATE INDEX goals_goal_lead_id_cbe286c6 ON public.goals_goal USING btree (lead_id);


CREATE INDEX goals_goal_order ON public.goals_goal USING btree (district_id, year, "position");


CREATE INDEX goals_goal_parent_id_e218205d ON public.goals_goal USING btree (parent_id);


CREATE INDEX goals_goal_plan_id_32541266 ON public.goals_goal USING btree (plan_id);


CREATE INDEX goals_goal_seen_by ON public.goals_goal USING gin (seen_by);


CREATE INDEX goals_plan_district_id_52aa8509 ON public.goals_plan USING btree (district_id);


CREATE INDEX goals_plan_person_id_5ff84f83 ON public.goals_plan USING btree (person_id);


CREATE INDEX goals_report_district_id_ae5573eb ON public.goals_report USING btree (district_id);


CREATE INDEX goals_report_goal_id_7585ce4d ON public.goals_report USING btree (goal_id);


CREATE INDEX goals_report_period ON public.goals_report USING btree (goal_id, period, at);


CREATE INDEX goals_report_person_id_edcc2a85 ON public.goals_report USING btree (person_id);


CREATE INDEX goals_report_unit_id_23575c25 ON public.goals_report USING btree (unit_id);


CREATE INDEX goals_settings_district_id_50d1a564 ON public.goals_settings USING btree (district_id);


CREATE INDEX goals_statement_district_id_c0010ecb ON public.goals_statement USING btree (district_id);


CREATE INDEX goals_statement_lead_id_3f6b8c1c ON public.goals_statement USING btree (lead_id);


CREATE INDEX goals_statement_merged_into_id_869afbbe ON public.goals_statement USING btree (merged_into_id);


CREATE INDEX goals_statement_order ON public.goals_statement USING btree (plan_id, "position");


CREATE INDEX goals_statement_origin_id_652764c6 ON public.goals_statement USING btree (origin_id);


CREATE INDEX goals_statement_plan_id_3601ea91 ON public.goals_statement USING btree (plan_id);


CREATE INDEX goals_verification_district_id_8cfb4f92 ON public.goals_verification USING btree (district_id);


CREATE INDEX goals_verification_person_id_e2fa95c5 ON public.goals_verification USING btree (person_id);


CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));


CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);


CREATE INDEX indicators_indicator_district_id_7692561f ON public.indicators_indicator USING btree (district_id);


CREATE INDEX indicators_vital_district_id_da0079a7 ON public.indicators_vital USING btree (district_id);


CREATE INDEX matters_category_district_id_8f268fbd ON public.matters_category USING btree (district_id);


CREATE INDEX matters_checkpoint_district_id_e8491c00 ON public.matters_checkpoint USING btree (district_id);


CREATE INDEX matters_closed ON public.matters_matter USING btree (district_id, closed_at DESC);


CREATE INDEX matters_counter_district_id_2b6f2136 ON public.matters_counter USING btree (district_id);


CREATE INDEX matters_created ON public.matters_matter USING btree (district_id, created_at DESC);


CREATE INDEX matters_due ON public.matters_matter USING btree (district_id, due_at) WHERE (closed_at IS NULL);


CREATE INDEX matters_duty_district_id_1ff6d054 ON public.matters_duty USING btree (district_id);


CREATE INDEX matters_entry_at ON public.matters_entry USING btree (district_id, at DESC);


CREATE UNIQUE INDEX matters_entry_key ON public.matters_entry USING btree (district_id, key) WHERE (key IS NOT NULL);


CREATE INDEX matters_evidence_district_id_1ca2f404 ON public.matters_evidence USING btree (district_id);


CREATE INDEX matters_evidence_matter_id_a8df99ce ON public.matters_evidence USING btree (matter_id);


CREATE INDEX matters_evidence_person_id_bd84c158 ON public.matters_evidence USING btree (person_id);


CREATE INDEX matters_inbox ON public.matters_matter USING btree (holder_id, holder_role, due_at) WHERE (closed_at IS NULL);


CREATE INDEX matters_kind_created ON public.matters_matter USING btree (district_id, kind, created_at DESC);


CREATE INDEX matters_kind_district_id_7a53278b ON public.matters_kind USING btree (district_id);


CREATE INDEX matters_lead ON public.matters_matter USING btree (lead_id, created_at DESC);


CREATE INDEX matters_reporter_district_id_c581b10b ON public.matters_reporter USING btree (district_id);


CREATE INDEX matters_seen_by ON public.matters_matter USING gin (seen_by);


CREATE INDEX matters_source ON public.matters_matter USING btree (district_id, source) WHERE (NOT ((source)::text = ''::text));


CREATE INDEX matters_street ON public.matters_matter USING btree (street_id, created_at DESC);


CREATE INDEX matters_tracking ON public.matters_matter USING btree (tracking) WHERE (NOT ((tracking)::text = ''::text));


CREATE INDEX matters_words_grams ON public.matters_words USING gin (grams);


CREATE INDEX org_appointment_district_id_2d862534 ON public.org_appointment USING btree (district_id);


CREATE INDEX org_appointment_person ON public.org_appointment USING btree (person_id, since);


CREATE INDEX org_appointment_person_id_4886ed7c ON public.org_appointment USING btree (person_id);


CREATE INDEX org_appointment_post_id_ce07cb4f ON public.org_appointment USING btree (post_id);


CREATE INDEX org_cell_district_id_41a48dfc ON public.org_cell USING btree (district_id);


CREATE INDEX org_cell_unit_id_da5fcd08 ON public.org_cell USING btree (unit_id);


CREATE INDEX org_district_code_0f7ba314_like ON public.org_district USING btree (code varchar_pattern_ops);


CREATE INDEX org_landmark_district_id_38cde72d ON public.org_landmark USING btree (district_id);


CREATE INDEX org_person_district_id_3a79bb6f ON public.org_person USING btree (district_id);


CREATE INDEX org_post_district_id_8de2486e ON public.org_post USING btree (district_id);


CREATE INDEX org_post_unit_id_f1d0853d ON public.org_post USING btree (unit_id);


CREATE INDEX org_reading_district_id_defcbda7 ON public.org_reading USING btree (district_id);


CREATE INDEX org_reading_person_id_3bdec2aa ON public.org_reading USING btree (person_id);


CREATE INDEX org_reading_subject ON public.org_reading USING btree (district_id, subject);


CREATE INDEX org_unit_district_id_75637c03 ON public.org_unit USING btree (district_id);


CREATE INDEX org_unit_parent_id_6ae0d3ba ON public.org_unit USING btree (parent_id);


CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);


CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));


CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);


CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);


CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);


CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);


CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);


CREATE INDEX signals_quarantine_district_id_1fb2df71 ON public.signals_quarantine USING btree (district_id);


CREATE INDEX signals_reading_district_id_34d16cb1 ON public.signals_reading USING btree (district_id);


CREATE INDEX signals_signal_district_id_c95826f8 ON public.signals_signal USING btree (district_id);


CREATE INDEX signals_signal_matter_id_a7bb3422 ON public.signals_signal USING btree (matter_id);


CREATE INDEX wall_mode_at ON public.wall_mode USING btree (district_id, at DESC);


CREATE INDEX wall_mode_district_id_7a57f3b2 ON public.wall_mode USING btree (district_id);


CREATE INDEX wall_mode_person_id_260cafee ON public.wall_mode USING btree (person_id);


CREATE TRIGGER goals_change_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.goals_change FOR EACH STATEMENT EXECUTE FUNCTION public.org_refuse_change();


CREATE TRIGGER goals_correction_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.goals_correction FOR EACH STATEMENT EXECUTE FUNCTION public.org_refuse_change();


CREATE TRIGGER goals_document_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.goals_document FOR EACH STATEMENT EXECUTE FUNCTION public.org_refuse_change();


CREATE TRIGGER goals_report_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.goals_report FOR EACH STATEMENT EXECUTE FUNCTION public.org_refuse_change();


CREATE TRIGGER goals_verification_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.goals_verification FOR EACH STATEMENT EXECUTE FUNCTION public.org_refuse_change();


CREATE TRIGGER matters_checkpoint_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.matters_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION public.org_refuse_change();


CREATE TRIGGER matters_entry_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.matters_entry FOR EACH STATEMENT EXECUTE FUNCTION public.org_refuse_change();


CREATE TRIGGER matters_keep_words AFTER INSERT ON public.matters_matter REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.matters_keep_words();


CREATE TRIGGER org_reading_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.org_reading FOR EACH STATEMENT EXECUTE FUNCTION public.org_refuse_change();


CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();


CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();


CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();


CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();


CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();


CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();


CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();


CREATE TRIGGER wall_mode_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.wall_mode FOR EACH STATEMENT EXECUTE FUNCTION public.org_refuse_change();


ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_group_id_97559544_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_user_id_6a12ed8b_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permi_permission_id_1fbb5f2c_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permissions_user_id_a95ead1b_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptex_access_attempt_id_6b73a47a_fk_axes_acce FOREIGN KEY (access_attempt_id) REFERENCES public.axes_accessattempt(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_change
    ADD CONSTRAINT goals_change_district_id_bc1a3665_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_change
    ADD CONSTRAINT goals_change_goal_id_56ab620a_fk_goals_goal_id FOREIGN KEY (goal_id) REFERENCES public.goals_goal(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_change
    ADD CONSTRAINT goals_change_person_id_717bafe2_fk_org_person_id FOREIGN KEY (person_id) REFERENCES public.org_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_correction
    ADD CONSTRAINT goals_correction_district_id_29cc0fb5_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_correction
    ADD CONSTRAINT goals_correction_person_id_62f7ce51_fk_org_person_id FOREIGN KEY (person_id) REFERENCES public.org_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_correction
    ADD CONSTRAINT goals_correction_plan_id_3efa674c_fk_goals_plan_id FOREIGN KEY (plan_id) REFERENCES public.goals_plan(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_correction
    ADD CONSTRAINT goals_correction_statement_id_4192981a_fk_goals_statement_id FOREIGN KEY (statement_id) REFERENCES public.goals_statement(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_document
    ADD CONSTRAINT goals_document_district_id_8ab465f4_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_document
    ADD CONSTRAINT goals_document_plan_id_7aebd45f_fk_goals_plan_id FOREIGN KEY (plan_id) REFERENCES public.goals_plan(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_document
    ADD CONSTRAINT goals_document_report_id_055047be_fk_goals_report_id FOREIGN KEY (report_id) REFERENCES public.goals_report(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_goal
    ADD CONSTRAINT goals_goal_district_id_9be6ac78_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_goal
    ADD CONSTRAINT goals_goal_lead_id_cbe286c6_fk_org_unit_id FOREIGN KEY (lead_id) REFERENCES public.org_unit(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_goal
    ADD CONSTRAINT goals_goal_parent_id_e218205d_fk_goals_goal_id FOREIGN KEY (parent_id) REFERENCES public.goals_goal(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_goal
    ADD CONSTRAINT goals_goal_plan_id_32541266_fk_goals_plan_id FOREIGN KEY (plan_id) REFERENCES public.goals_plan(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_goal
    ADD CONSTRAINT goals_goal_statement_id_6cf92533_fk_goals_statement_id FOREIGN KEY (statement_id) REFERENCES public.goals_statement(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_plan
    ADD CONSTRAINT goals_plan_district_id_52aa8509_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_plan
    ADD CONSTRAINT goals_plan_person_id_5ff84f83_fk_org_person_id FOREIGN KEY (person_id) REFERENCES public.org_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_report
    ADD CONSTRAINT goals_report_district_id_ae5573eb_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_report
    ADD CONSTRAINT goals_report_goal_id_7585ce4d_fk_goals_goal_id FOREIGN KEY (goal_id) REFERENCES public.goals_goal(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_report
    ADD CONSTRAINT goals_report_person_id_edcc2a85_fk_org_person_id FOREIGN KEY (person_id) REFERENCES public.org_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_report
    ADD CONSTRAINT goals_report_unit_id_23575c25_fk_org_unit_id FOREIGN KEY (unit_id) REFERENCES public.org_unit(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_settings
    ADD CONSTRAINT goals_settings_district_id_50d1a564_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_statement
    ADD CONSTRAINT goals_statement_district_id_c0010ecb_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_statement
    ADD CONSTRAINT goals_statement_lead_id_3f6b8c1c_fk_org_unit_id FOREIGN KEY (lead_id) REFERENCES public.org_unit(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_statement
    ADD CONSTRAINT goals_statement_merged_into_id_869afbbe_fk_goals_statement_id FOREIGN KEY (merged_into_id) REFERENCES public.goals_statement(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_statement
    ADD CONSTRAINT goals_statement_origin_id_652764c6_fk_goals_statement_id FOREIGN KEY (origin_id) REFERENCES public.goals_statement(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_statement
    ADD CONSTRAINT goals_statement_plan_id_3601ea91_fk_goals_plan_id FOREIGN KEY (plan_id) REFERENCES public.goals_plan(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_verification
    ADD CONSTRAINT goals_verification_district_id_8cfb4f92_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_verification
    ADD CONSTRAINT goals_verification_person_id_e2fa95c5_fk_org_person_id FOREIGN KEY (person_id) REFERENCES public.org_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.goals_verification
    ADD CONSTRAINT goals_verification_report_id_79193bf1_fk_goals_report_id FOREIGN KEY (report_id) REFERENCES public.goals_report(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.indicators_indicator
    ADD CONSTRAINT indicators_indicator_district_id_7692561f_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.indicators_vital
    ADD CONSTRAINT indicators_vital_district_id_da0079a7_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matters_category
    ADD CONSTRAINT matters_category_district_id_8f268fbd_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matters_checkpoint
    ADD CONSTRAINT matters_checkpoint_district_id_e8491c00_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matters_counter
    ADD CONSTRAINT matters_counter_district_id_2b6f2136_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matters_duty
    ADD CONSTRAINT matters_duty_district_id_1ff6d054_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matters_entry
    ADD CONSTRAINT matters_entry_matter_id_98046af0_fk_matters_matter_id FOREIGN KEY (matter_id) REFERENCES public.matters_matter(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matters_evidence
    ADD CONSTRAINT matters_evidence_district_id_1ca2f404_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matters_evidence
    ADD CONSTRAINT matters_evidence_matter_id_a8df99ce_fk_matters_matter_id FOREIGN KEY (matter_id) REFERENCES public.matters_matter(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matters_evidence
    ADD CONSTRAINT matters_evidence_person_id_bd84c158_fk_org_person_id FOREIGN KEY (person_id) REFERENCES public.org_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matters_kind
    ADD CONSTRAINT matters_kind_district_id_7a53278b_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matters_matter
    ADD CONSTRAINT matters_matter_desk_id_28d21cf4_fk_org_unit_id FOREIGN KEY (desk_id) REFERENCES public.org_unit(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matters_matter
    ADD CONSTRAINT matters_matter_district_id_8535bdcb_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matters_matter
    ADD CONSTRAINT matters_matter_holder_id_92337664_fk_org_unit_id FOREIGN KEY (holder_id) REFERENCES public.org_unit(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matters_matter
    ADD CONSTRAINT matters_matter_lead_id_840b5f9c_fk_org_unit_id FOREIGN KEY (lead_id) REFERENCES public.org_unit(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matters_matter
    ADD CONSTRAINT matters_matter_neighbourhood_id_3969b60f_fk_org_unit_id FOREIGN KEY (neighbourhood_id) REFERENCES public.org_unit(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matters_matter
    ADD CONSTRAINT matters_matter_street_id_d1a66cbc_fk_org_unit_id FOREIGN KEY (street_id) REFERENCES public.org_unit(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matters_reporter
    ADD CONSTRAINT matters_reporter_district_id_c581b10b_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matters_reporter
    ADD CONSTRAINT matters_reporter_matter_id_021ce6b8_fk_matters_matter_id FOREIGN KEY (matter_id) REFERENCES public.matters_matter(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matters_words
    ADD CONSTRAINT matters_words_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matters_matter(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.org_appointment
    ADD CONSTRAINT org_appointment_district_id_2d862534_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.org_appointment
    ADD CONSTRAINT org_appointment_person_id_4886ed7c_fk_org_person_id FOREIGN KEY (person_id) REFERENCES public.org_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.org_appointment
    ADD CONSTRAINT org_appointment_post_id_ce07cb4f_fk_org_post_id FOREIGN KEY (post_id) REFERENCES public.org_post(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.org_cell
    ADD CONSTRAINT org_cell_district_id_41a48dfc_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.org_cell
    ADD CONSTRAINT org_cell_unit_id_da5fcd08_fk_org_unit_id FOREIGN KEY (unit_id) REFERENCES public.org_unit(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.org_landmark
    ADD CONSTRAINT org_landmark_district_id_38cde72d_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.org_person
    ADD CONSTRAINT org_person_district_id_3a79bb6f_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.org_person
    ADD CONSTRAINT org_person_user_id_dc4ca4f0_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.org_post
    ADD CONSTRAINT org_post_district_id_8de2486e_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.org_post
    ADD CONSTRAINT org_post_unit_id_f1d0853d_fk_org_unit_id FOREIGN KEY (unit_id) REFERENCES public.org_unit(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.org_reading
    ADD CONSTRAINT org_reading_district_id_defcbda7_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.org_reading
    ADD CONSTRAINT org_reading_person_id_3bdec2aa_fk_org_person_id FOREIGN KEY (person_id) REFERENCES public.org_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.org_unit
    ADD CONSTRAINT org_unit_district_id_75637c03_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.org_unit
    ADD CONSTRAINT org_unit_parent_id_6ae0d3ba_fk_org_unit_id FOREIGN KEY (parent_id) REFERENCES public.org_unit(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;


ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;


ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);


ALTER TABLE ONLY public.signals_quarantine
    ADD CONSTRAINT signals_quarantine_district_id_1fb2df71_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.signals_reading
    ADD CONSTRAINT signals_reading_district_id_34d16cb1_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.signals_signal
    ADD CONSTRAINT signals_signal_district_id_c95826f8_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.signals_signal
    ADD CONSTRAINT signals_signal_matter_id_a7bb3422_fk_matters_matter_id FOREIGN KEY (matter_id) REFERENCES public.matters_matter(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wall_mode
    ADD CONSTRAINT wall_mode_district_id_7a57f3b2_fk_org_district_id FOREIGN KEY (district_id) REFERENCES public.org_district(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wall_mode
    ADD CONSTRAINT wall_mode_person_id_260cafee_fk_org_person_id FOREIGN KEY (person_id) REFERENCES public.org_person(id) DEFERRABLE INITIALLY DEFERRED;


CREATE POLICY adding ON public.matters_words FOR INSERT WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


ALTER TABLE public.goals_change ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.goals_correction ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.goals_document ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.goals_goal ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.goals_plan ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.goals_report ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.goals_settings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.goals_statement ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.goals_verification ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.indicators_indicator ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.indicators_vital ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.matters_category ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.matters_checkpoint ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.matters_counter ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.matters_duty ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.matters_entry ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.matters_evidence ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.matters_kind ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.matters_matter ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.matters_reporter ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.matters_words ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.org_appointment ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.org_cell ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.org_landmark ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.org_person ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.org_post ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.org_reading ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.org_unit ENABLE ROW LEVEL SECURITY;

CREATE POLICY sight ON public.goals_change USING (((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")) AND (EXISTS ( SELECT
   FROM public.goals_goal g
  WHERE (g.id = goals_change.goal_id))))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.goals_correction USING (((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")) AND (EXISTS ( SELECT
   FROM public.goals_plan p
  WHERE (p.id = goals_correction.plan_id))))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.goals_document USING (((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")) AND ((EXISTS ( SELECT
   FROM public.goals_plan p
  WHERE (p.id = goals_document.plan_id))) OR (EXISTS ( SELECT
   FROM public.goals_report r
  WHERE (r.id = goals_document.report_id)))))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.goals_goal USING (((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")) AND (seen_by && ( SELECT (string_to_array(NULLIF(current_setting('app.units'::text, true), ''::text), ','::text))::bigint[] AS string_to_array)))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.goals_plan USING (((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")) AND (seen_by && ( SELECT (string_to_array(NULLIF(current_setting('app.units'::text, true), ''::text), ','::text))::bigint[] AS string_to_array)))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.goals_report USING (((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")) AND (EXISTS ( SELECT
   FROM public.goals_goal g
  WHERE (g.id = goals_report.goal_id))))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.goals_settings USING ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.goals_statement USING (((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")) AND (EXISTS ( SELECT
   FROM public.goals_plan p
  WHERE (p.id = goals_statement.plan_id))))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.goals_verification USING (((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")) AND (EXISTS ( SELECT
   FROM public.goals_report r
  WHERE (r.id = goals_verification.report_id))))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.indicators_indicator USING ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.indicators_vital USING ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.matters_category USING ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.matters_checkpoint USING ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.matters_counter USING ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.matters_duty USING ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.matters_entry USING (((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")) AND (EXISTS ( SELECT
   FROM public.matters_matter m
  WHERE (m.id = matters_entry.matter_id))))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.matters_evidence USING (((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")) AND ((matter_id IS NULL) OR (EXISTS ( SELECT
   FROM public.matters_matter m
  WHERE (m.id = matters_evidence.matter_id)))))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.matters_kind USING ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.matters_matter USING ((((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")) AND (seen_by && ( SELECT (string_to_array(NULLIF(current_setting('app.units'::text, true), ''::text), ','::text))::bigint[] AS string_to_array)) AND (sensitivity <= ( SELECT COALESCE((NULLIF(current_setting('app.clearance'::text, true), ''::text))::integer, '-1'::integer) AS "coalesce")) AND ((( SELECT string_to_array(NULLIF(current_setting('app.kinds'::text, true), '*'::text), ','::text) AS string_to_array) IS NULL) OR ((kind)::text = ANY (( SELECT string_to_array(NULLIF(current_setting('app.kinds'::text, true), '*'::text), ','::text) AS string_to_array)::text[])))) OR (((tracking)::text <> ''::text) AND ((tracking)::text = ( SELECT NULLIF(current_setting('app.tracking'::text, true), ''::text) AS "nullif")) AND (district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif"))))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.matters_reporter USING (((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")) AND (EXISTS ( SELECT
   FROM public.matters_matter m
  WHERE (m.id = matters_reporter.matter_id))) AND ((matter_id)::text = ( SELECT NULLIF(current_setting('app.subject'::text, true), ''::text) AS "nullif")))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.org_appointment USING ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.org_cell USING ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.org_landmark USING ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.org_person USING ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.org_post USING ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.org_reading USING ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.org_unit USING ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.signals_quarantine USING (((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")) AND (seen_by && ( SELECT (string_to_array(NULLIF(current_setting('app.units'::text, true), ''::text), ','::text))::bigint[] AS string_to_array)) AND (sensitivity <= ( SELECT COALESCE((NULLIF(current_setting('app.clearance'::text, true), ''::text))::integer, '-1'::integer) AS "coalesce")) AND ((( SELECT string_to_array(NULLIF(current_setting('app.kinds'::text, true), '*'::text), ','::text) AS string_to_array) IS NULL) OR ((kind)::text = ANY (( SELECT string_to_array(NULLIF(current_setting('app.kinds'::text, true), '*'::text), ','::text) AS string_to_array)::text[]))))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.signals_reading USING ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.signals_signal USING (((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")) AND (EXISTS ( SELECT
   FROM public.matters_matter m
  WHERE (m.id = signals_signal.matter_id))))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


CREATE POLICY sight ON public.wall_mode USING ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((district_id = ( SELECT (NULLIF(current_setting('app.district'::text, true), ''::text))::bigint AS "nullif")));


ALTER TABLE public.signals_quarantine ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.signals_reading ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.signals_signal ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.wall_mode ENABLE ROW LEVEL SECURITY;


INSERT INTO public.django_migrations VALUES
	(1, 'contenttypes', '0001_initial', '2026-11-26 20:10:10.5197+00'),
	(2, 'contenttypes', '0002_remove_content_type_name', '2026-11-26 20:10:10.547554+00'),
	(3, 'auth', '0001_initial', '2026-11-26 20:10:10.671566+00'),
	(4, 'auth', '0002_alter_permission_name_max_length', '2026-11-26 20:10:10.69966+00'),
	(5, 'auth', '0003_alter_user_email_max_length', '2026-11-26 20:10:10.716032+00'),
	(6, 'auth', '0004_alter_user_username_opts', '2026-11-26 20:10:10.736938+00'),
	(7, 'auth', '0005_alter_user_last_login_null', '2026-11-26 20:10:10.775543+00'),
	(8, 'auth', '0006_require_contenttypes_0002', '2026-11-26 20:10:10.787659+00'),
	(9, 'auth', '0007_alter_validators_add_error_messages', '2026-11-26 20:10:10.812331+00'),
	(10, 'auth', '0008_alter_user_username_max_length', '2026-11-26 20:10:10.83556+00'),
	(11, 'auth', '0009_alter_user_last_name_max_length', '2026-11-26 20:10:10.86683+00'),
	(12, 'auth', '0010_alter_group_name_max_length', '2026-11-26 20:10:10.892633+00'),
	(13, 'auth', '0011_update_proxy_permissions', '2026-11-26 20:10:10.899176+00'),
	(14, 'auth', '0012_alter_user_first_name_max_length', '2026-11-26 20:10:10.951582+00'),
	(15, 'axes', '0001_initial', '2026-11-26 20:10:10.99512+00'),
	(16, 'axes', '0002_auto_20151217_2044', '2026-11-26 20:10:11.058934+00'),
	(17, 'axes', '0003_auto_20160322_0929', '2026-11-26 20:10:11.081214+00'),
	(18, 'axes', '0004_auto_20181024_1538', '2026-11-26 20:10:11.098003+00'),
	(19, 'axes', '0005_remove_accessattempt_trusted', '2026-11-26 20:10:11.118237+00'),
	(20, 'axes', '0006_remove_accesslog_trusted', '2026-11-26 20:10:11.133796+00'),
	(21, 'axes', '0007_alter_accessattempt_unique_together', '2026-11-26 20:10:11.154325+00'),
	(22, 'axes', '0008_accessfailurelog', '2026-11-26 20:10:11.191524+00'),
	(23, 'axes', '0009_add_session_hash', '2026-11-26 20:10:11.200492+00'),
	(24, 'axes', '0010_accessattemptexpiration', '2026-11-26 20:10:11.212184+00'),
	(25, 'org', '0001_initial', '2026-11-26 20:10:11.707573+00'),
	(26, 'org', '0002_row_security', '2026-11-26 20:10:11.755562+00'),
	(27, 'goals', '0001_initial', '2026-11-26 20:10:12.872757+00'),
	(28, 'goals', '0002_sight', '2026-11-26 20:10:12.929136+00'),
	(29, 'indicators', '0001_initial', '2026-11-26 20:10:13.059616+00'),
	(30, 'indicators', '0002_sight', '2026-11-26 20:10:13.065862+00'),
	(31, 'matters', '0001_initial', '2026-11-26 20:10:15.431918+00'),
	(32, 'matters', '0002_sight_and_ledger', '2026-11-26 20:10:15.502145+00'),
	(33, 'org', '0003_calendar', '2026-11-26 20:10:15.595624+00'),
	(34, 'procrastinate', '0001_initial', '2026-11-26 20:10:15.621061+00'),
	(35, 'procrastinate', '0002_drop_started_at_column', '2026-11-26 20:10:15.639774+00'),
	(36, 'procrastinate', '0003_drop_started_at_column', '2026-11-26 20:10:15.641047+00'),
	(37, 'procrastinate', '0004_drop_procrastinate_version_table', '2026-11-26 20:10:15.642153+00'),
	(38, 'procrastinate', '0005_fix_procrastinate_fetch_job', '2026-11-26 20:10:15.651724+00'),
	(39, 'procrastinate', '0006_fix_trigger_status_events_insert', '2026-11-26 20:10:15.659832+00'),
	(40, 'procrastinate', '0007_add_queueing_lock_column', '2026-11-26 20:10:15.661415+00'),
	(41, 'procrastinate', '0008_close_fetch_job_race_condition', '2026-11-26 20:10:15.675821+00'),
	(42, 'procrastinate', '0009_add_defer_job_function', '2026-11-26 20:10:15.677823+00'),
	(43, 'procrastinate', '0010_add_procrastinate_periodic_defers', '2026-11-26 20:10:15.695735+00'),
	(44, 'procrastinate', '0011_add_foreign_key_index', '2026-11-26 20:10:15.697583+00'),
	(45, 'procrastinate', '0012_add_locks_to_periodic_defer', '2026-11-26 20:10:15.701192+00'),
	(46, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', '2026-11-26 20:10:15.716287+00'),
	(47, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', '2026-11-26 20:10:15.720722+00'),
	(48, 'procrastinate', '0015_add_trigger_on_job_deletion', '2026-11-26 20:10:15.727047+00'),
	(49, 'procrastinate', '0016_delete_finished_jobs', '2026-11-26 20:10:15.743732+00'),
	(50, 'procrastinate', '0017_add_checks_to_finish_job', '2026-11-26 20:10:15.746628+00'),
	(51, 'procrastinate', '0018_add_checks_to_retry_job', '2026-11-26 20:10:15.75153+00'),
	(52, 'procrastinate', '0019_fix_finish_job_compat_issue', '2026-11-26 20:10:15.755754+00'),
	(53, 'procrastinate', '0020_add_index_on_procrastinate_jobs', '2026-11-26 20:10:15.764865+00'),
	(54, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', '2026-11-26 20:10:15.766574+00'),
	(55, 'procrastinate', '0022_null_locks_excluded', '2026-11-26 20:10:15.775854+00'),
	(56, 'procrastinate', '0023_remove_old_finish_job_function', '2026-11-26 20:10:15.780402+00'),
	(57, 'procrastinate', '0024_job_id_bigint', '2026-11-26 20:10:15.787456+00'),
	(58, 'procrastinate', '0025_add_models', '2026-11-26 20:10:15.815847+00'),
	(59, 'procrastinate', '0026_add_job_priority', '2026-11-26 20:10:15.821527+00'),
	(60, 'procrastinate', '0027_add_periodic_job_priority', '2026-11-26 20:10:15.836978+00'),
	(61, 'procrastinate', '0028_add_cancel_states', '2026-11-26 20:10:16.473034+00'),
	(62, 'procrastinate', '0029_add_additional_params_to_retry_job', '2026-11-26 20:10:16.476693+00'),
	(63, 'procrastinate', '0030_alter_procrastinateevent_options', '2026-11-26 20:10:16.483705+00'),
	(64, 'procrastinate', '0031_add_indexes_for_fetch_job', '2026-11-26 20:10:16.489501+00'),
	(65, 'procrastinate', '0032_pre_cancel_notification', '2026-11-26 20:10:16.50822+00'),
	(66, 'procrastinate', '0033_post_cancel_notification', '2026-11-26 20:10:16.529422+00'),
	(67, 'procrastinate', '0034_pre_add_heartbeat', '2026-11-26 20:10:16.559912+00'),
	(68, 'procrastinate', '0035_post_add_heartbeat', '2026-11-26 20:10:16.568404+00'),
	(69, 'procrastinate', '0036_add_worker_model', '2026-11-26 20:10:16.579391+00'),
	(70, 'procrastinate', '0037_pre_batch_defer_jobs', '2026-11-26 20:10:16.587481+00'),
	(71, 'procrastinate', '0038_post_batch_defer_jobs', '2026-11-26 20:10:16.599721+00'),
	(72, 'procrastinate', '0039_pre_priority_lock_fetch_job', '2026-11-26 20:10:16.601347+00'),
	(73, 'procrastinate', '0040_pre_retry_failed_job', '2026-11-26 20:10:16.602567+00'),
	(74, 'procrastinate', '0041_post_retry_failed_job', '2026-11-26 20:10:16.605233+00'),
	(75, 'sessions', '0001_initial', '2026-11-26 20:10:16.628946+00'),
	(76, 'signals', '0001_initial', '2026-11-26 20:10:16.983671+00'),
	(77, 'signals', '0002_sight', '2026-11-26 20:10:16.993133+00'),
	(78, 'wall', '0001_initial', '2026-11-26 20:10:17.155772+00'),
	(79, 'wall', '0002_sight', '2026-11-26 20:10:17.172779+00');


SELECT pg_catalog.setval('public.django_migrations_id_seq', 79, true);


