-- What a user does, in a headless Neovim that was started with the configuration of
-- docs/editors/neovim.md. Each step adds a line to the file that $DVT_RESULTS names.
local results = assert(io.open(os.getenv("DVT_RESULTS"), "w"))
local patience = 60000

local function step(name, passed, seen)
  results:write((passed and "ok " or "FAILED ") .. name)
  if not passed then
    results:write(": " .. vim.inspect(seen))
  end
  results:write("\n")
  results:flush()
end

local function codes()
  return vim.tbl_map(function(d)
    return d.code .. "@" .. (d.lnum + 1)
  end, vim.diagnostic.get(0))
end

-- Waits until the diagnostics of the buffer are these.
local function shows(name, expected)
  local same = vim.wait(patience, function()
    return vim.deep_equal(codes(), expected)
  end, 20)
  step(name, same, { codes = codes(), expected = expected })
end

local told = {}
vim.notify = function(message)
  table.insert(told, message)
end

local function run(name, command, expected)
  told = {}
  vim.cmd(command)
  local said = vim.wait(patience, function()
    return #told > 0
  end, 20)
  step(name, said and told[1] == expected, { told = told, expected = expected })
end

local function session()
  vim.cmd("edit models/report.py")
  shows("diagnostics", { "DVT120@3" })

  vim.api.nvim_buf_set_lines(0, 2, 3, false, { '    return dbt.ref("stg_")' })
  local position = { line = 2, character = 24 }
  local answers = vim.lsp.buf_request_sync(0, "textDocument/completion", {
    textDocument = vim.lsp.util.make_text_document_params(),
    position = position,
  }, patience) or {}
  local item
  for id, answer in pairs(answers) do
    for _, one in ipairs(answer.result and answer.result.items or {}) do
      if one.label == "stg_customers" then
        item = one
        local encoding = vim.lsp.get_client_by_id(id).offset_encoding
        vim.lsp.util.apply_text_edits({ one.textEdit }, vim.api.nvim_get_current_buf(), encoding)
      end
    end
  end
  step("completion", item ~= nil, answers)
  local line = vim.api.nvim_buf_get_lines(0, 2, 3, false)[1]
  step("completion inserts", line == '    return dbt.ref("stg_customers")', line)
  shows("diagnostics cleared", {})

  vim.lsp.codelens.refresh()
  local lenses = vim.wait(patience, function()
    return #vim.lsp.codelens.get(0) == 4
  end, 20)
  step("code lenses", lenses, vim.lsp.codelens.get(0))

  run("run with upstream", "DvtRun!", "dvt: 2 succeeded, 0 failed, 0 skipped")

  vim.api.nvim_win_set_cursor(0, { 3, 25 })
  vim.cmd("normal gd")
  local there = vim.wait(patience, function()
    return vim.endswith(vim.api.nvim_buf_get_name(0), "models/stg_customers.py")
  end, 20)
  step("definition", there, vim.api.nvim_buf_get_name(0))

  vim.cmd("edit models/broken.py")
  run("a run that fails", "DvtRun", "dvt: 0 succeeded, 1 failed, 0 skipped")
  shows("the failing line", { "DVT126@2" })
  vim.api.nvim_buf_set_lines(0, 1, 2, false, { '    return dbt.ref("stg_customers")' })
  shows("the failing line, edited", {})
end

local finished, problem = pcall(session)
step("session", finished, problem)
results:close()
vim.cmd("qa!")
