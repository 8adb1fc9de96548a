-- What else a user does with the keys and functions of Neovim's own client, as docs/editors/neovim.md says. Each
-- step adds a line to the file that $DVT_RESULTS names.
local results = assert(io.open(os.getenv("DVT_RESULTS"), "w"))
local patience = 60000
local newer = vim.fn.has("nvim-0.11") == 1

local function step(name, passed, seen)
  results:write((passed and "ok " or "FAILED ") .. name)
  if not passed then
    results:write(": " .. vim.inspect(seen))
  end
  results:write("\n")
  results:flush()
end

local function eventually(name, condition, seen, interval)
  step(name, vim.wait(patience, condition, interval or 20), seen and seen())
end

-- The text of the window that floats over the others.
local function floating()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), "\n")
    end
  end
  return ""
end

local function unfloat()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      vim.api.nvim_win_close(window, true)
    end
  end
end

local function at(file, line, text)
  vim.cmd("edit! models/" .. file)
  local start = vim.fn.getline(line):find(text, 1, true)
  vim.api.nvim_win_set_cursor(0, { line, start - 1 })
end

local function listed(list)
  local texts = vim.tbl_map(function(place)
    return ("%s:%d %s"):format(vim.fn.fnamemodify(vim.fn.bufname(place.bufnr), ":t"), place.lnum, place.text)
  end, list)
  table.sort(texts)
  return texts
end

local function lists(name, ask, get, expected)
  vim.fn.setqflist({})
  vim.fn.setloclist(0, {})
  ask()
  eventually(name, function()
    return vim.deep_equal(listed(get()), expected)
  end, function()
    return listed(get())
  end)
  vim.cmd("cclose | lclose")
end

local function quickfix()
  return vim.fn.getqflist()
end

-- What Neovim 0.11 has and 0.7 has not.
local function newest(client)
  at("report.py", 3, "stg_orders")
  vim.lsp.inlay_hint.enable(true)
  eventually("inlay hints", function()
    return #vim.lsp.inlay_hint.get({ bufnr = 0 }) > 0
  end)
  eventually("semantic tokens", function()
    local tokens = vim.lsp.semantic_tokens.get_at_pos() or {}
    return #tokens == 1 and tokens[1].type == "class" and tokens[1].modifiers.model
  end, vim.lsp.semantic_tokens.get_at_pos)
  vim.wo.foldmethod = "expr"
  vim.wo.foldexpr = "v:lua.vim.lsp.foldexpr()"
  eventually("folds", function()
    return vim.fn.foldlevel(1) == 1
  end)

  vim.cmd("edit! models/empty.py")
  local answer = client:request_sync("textDocument/completion", {
    textDocument = vim.lsp.util.make_text_document_params(),
    position = { line = 0, character = 0 },
  }, patience)
  for _, item in ipairs(answer and answer.result and answer.result.items or {}) do
    if item.label == "def model" then
      vim.snippet.expand(item.textEdit.newText)
    end
  end
  step("a snippet", vim.fn.getline(2) == '    dbt.config(materialized="table")', answer)

  -- Its own menu, which fills in fields; a timer chooses, and ends the insertion.
  vim.snippet.stop()
  vim.cmd("edit! models/empty.py")
  vim.lsp.completion.enable(true, client.id, 0, { autotrigger = true })
  local started = vim.uv.now()
  local chosen = false
  local timer = vim.uv.new_timer()
  timer:start(
    20,
    20,
    vim.schedule_wrap(function()
      if timer:is_closing() then
        return
      end
      if not chosen and #vim.fn.complete_info({ "items" }).items > 0 then
        chosen = true
        vim.api.nvim_input("<C-y>")
      elseif (chosen and vim.snippet.active()) or vim.uv.now() - started > patience then
        timer:close()
        vim.snippet.stop()
        vim.api.nvim_input("<Esc>")
      end
    end)
  )
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes("<Esc>Adef mo<C-x><C-o>", true, true, true), "tx!", false)
  step("completion with fields", vim.fn.getline(1) == "def model(dbt, session):", vim.fn.getline(1, "$"))
end

local function session()
  at("report.py", 3, "stg_orders")
  eventually("ready", function()
    local client = (vim.lsp.get_clients or vim.lsp.get_active_clients)()[1]
    return client ~= nil and client.initialized == true
  end)

  vim.cmd("normal K")
  eventually("hover", function()
    return floating():find("One row an order", 1, true) ~= nil
  end, floating)
  unfloat()

  at("report.py", 3, "stg_orders")
  vim.lsp.buf.signature_help()
  eventually("signature help", function()
    return floating():find("ref(model, v=None)", 1, true) ~= nil
  end, floating)
  unfloat()

  lists("outline", vim.lsp.buf.document_symbol, function()
    return newer and vim.fn.getloclist(0) or vim.fn.getqflist()
  end, {
    "report.py:1 [Function] model",
    "report.py:2 [Property] materialized",
    "report.py:3 [Variable] stg_orders",
    "report.py:5 [Namespace] crm.people",
  })
  lists("search of names", function()
    vim.lsp.buf.workspace_symbol("order")
  end, quickfix, { "stg_orders.py:1 [Function] stg_orders" })
  at("stg_orders.py", 1, "model")
  lists("what reads it", vim.lsp.buf.incoming_calls, quickfix, { "last.sql:1 last", "report.py:3 report", "report.py:4 report" })
  at("report.py", 1, "model")
  -- The lines are those of the reader: so Neovim takes them.
  lists(
    "what it reads",
    vim.lsp.buf.outgoing_calls,
    quickfix,
    { "models.yml:5 crm.people", "stg_orders.py:3 stg_orders", "stg_orders.py:4 stg_orders" }
  )

  at("broken.py", 2, "custmers")
  eventually("a problem after a face", function()
    local problems = vim.diagnostic.get(0)
    return #problems == 1 and problems[1].col == #'    note = "😀"; return dbt.ref("'
  end, function()
    return vim.diagnostic.get(0)
  end)
  vim.ui.select = function(items, _, choose)
    choose(items[1], 1)
  end
  vim.lsp.buf.code_action()
  eventually("a fix", function()
    return vim.fn.getline(2):find('dbt.ref("customers")', 1, true) ~= nil and #vim.diagnostic.get(0) == 0
  end, function()
    return { vim.fn.getline(2), vim.diagnostic.get(0) }
  end)

  at("called.py", 1, "model")
  local all = { only = { "source.fixAll.dvt" } }
  vim.lsp.buf.code_action(newer and { context = all } or all)
  eventually("all fixes", function()
    return vim.fn.getline(3) == "    if dbt.is_incremental:" and #vim.diagnostic.get(0) == 0
  end, function()
    return { vim.fn.getline(3), vim.diagnostic.get(0) }
  end)

  at("last.sql", 1, "stg_orders")
  vim.cmd("normal gd")
  eventually("definition from SQL", function()
    return vim.endswith(vim.api.nvim_buf_get_name(0), "models/stg_orders.py")
  end)
  at("models.yml", 2, "stg_orders")
  lists("references from YAML", vim.lsp.buf.references, quickfix, {
    "last.sql:1 select * from {{ ref('stg_orders') }}",
    "models.yml:2   - name: stg_orders",
    'report.py:3     note = "😀"; orders = dbt.ref("stg_orders")',
    'report.py:4     rows = session.sql("from __model__stg_orders")',
    "stg_orders.py:1 def model(dbt, session):",
  })

  at("broken.py", 2, "customers")
  -- Typed, as only a loop that reads keys completes; a timer chooses, and ends the insertion.
  vim.api.nvim_buf_set_lines(0, 1, 2, false, { '    note = "😀"; x = dbt.ref("customers").selec' })
  vim.api.nvim_win_set_cursor(0, { 2, 0 })
  local started = vim.loop.now()
  local timer = vim.loop.new_timer()
  timer:start(
    20,
    20,
    vim.schedule_wrap(function()
      local offered = #vim.fn.complete_info({ "items" }).items > 0
      if not timer:is_closing() and (offered or vim.loop.now() - started > patience) then
        timer:close()
        vim.api.nvim_input("<C-y><Esc>")
      end
    end)
  )
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes("A<C-x><C-o>", true, true, true), "tx!", false)
  step("completion", vim.fn.getline(2) == '    note = "😀"; x = dbt.ref("customers").select', vim.fn.getline(2))

  at("stg_orders.py", 1, "model")
  local function lenses(count)
    return function()
      if #vim.lsp.codelens.get(0) == count then
        return true
      end
      vim.lsp.codelens.refresh({ bufnr = 0 })
    end
  end
  eventually("lenses", lenses(4), nil, 200)
  vim.lsp.codelens.run()
  eventually("a lens that runs, then tells of it", lenses(5), nil, 200)

  local client = (vim.lsp.get_clients or vim.lsp.get_active_clients)()[1]
  step("no formatting", not client.server_capabilities.documentFormattingProvider)
  if newer then
    newest(client)
  end
end

local passed, problem = pcall(session)
step("session", passed, problem)
vim.cmd("qall!")
