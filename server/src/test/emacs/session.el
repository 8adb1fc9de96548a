;;; session.el --- what a user does, in an Emacs that was started with docs/editors/emacs.md  -*- lexical-binding: t; -*-

;; Each test opens its own files of the project in the working directory, uses Eglot's own commands, mostly by their
;; keys, and leaves no buffer changed. Adds a line a test to the file that $DVT_RESULTS names.

(require 'ert)

;; Else Eglot shows things in buffers that are gone, as it does in tests of its own.
(advice-add 'ert-running-test :override #'ignore)

(defvar patience 60 "Seconds.")
(defvar project default-directory)

(defmacro wait-for (condition &optional seen)
  "Be idle until CONDITION holds; fail with what is SEEN when it does not in time."
  `(unless (await (current-buffer) (lambda () ,condition))
     (ert-fail (list ',condition ,seen))))

(defun await (buffer condition)
  "Whether CONDITION holds in BUFFER, soon.  Only a command loop is ever idle, as Eglot's and Eldoc's timers want it."
  (let* ((end (+ (float-time) patience))
         (holds nil)
         (timer (run-with-timer 0 0.02 (lambda ()
                                         (setq holds (with-current-buffer buffer (funcall condition)))
                                         (when (or holds (> (float-time) end))
                                           (exit-recursive-edit))))))
    (unwind-protect (recursive-edit)
      (cancel-timer timer))
    holds))

(defun keys (text)
  (execute-kbd-macro (kbd text)))

(defmacro in-file (name place &rest body)
  "Run BODY behind the first PLACE in NAME, once the server knows the file; then forget what was changed."
  (declare (indent 2))
  `(progn
     (find-file (expand-file-name ,name project))
     (delete-other-windows)
     (goto-char (point-min))
     (search-forward ,place)
     (run-hooks 'post-command-hook)
     (wait-for (eglot-managed-p))
     (unwind-protect (progn ,@body)
       (dolist (changed (buffer-list))
         (when (and (buffer-live-p changed) (buffer-file-name changed))
           (with-current-buffer changed (set-buffer-modified-p nil))
           (kill-buffer changed))))))

(defun problems ()
  (mapcar (lambda (problem)
            (list (plist-get (alist-get 'eglot-lsp-diag (flymake-diagnostic-data problem)) :code)
                  (buffer-substring (flymake-diagnostic-beg problem) (flymake-diagnostic-end problem))))
          (flymake-diagnostics)))

(defun shown ()
  "What Eldoc says of the place at point."
  (if (buffer-live-p eldoc--doc-buffer) (with-current-buffer eldoc--doc-buffer (buffer-string)) ""))

(defun places ()
  "The hits of an *xref* buffer: file, line and text."
  (with-current-buffer "*xref*"
    (goto-char (point-min))
    (let (hits)
      (while (ignore-errors (xref--search-property 'xref-item))
        (let ((place (xref-item-location (get-text-property (point) 'xref-item))))
          (push (format "%s:%d" (file-name-nondirectory (xref-location-group place)) (xref-location-line place)) hits)))
      (sort hits #'string<))))

(defun text-of (name)
  (with-current-buffer (find-file-noselect (expand-file-name name project))
    (buffer-substring-no-properties (point-min) (point-max))))

(ert-deftest diagnostics ()
  (in-file "models/broken.py" ""
    (wait-for (equal (problems) '(("DVT120" "custmers"))) (problems))
    (keys "M-x flymake-goto-next-error RET")
    (should (looking-at "custmers"))
    (search-forward "cust")
    (insert "o")
    (wait-for (null (problems)) (problems))
    (insert "o")
    (wait-for (equal (problems) '(("DVT120" "custoomers"))) (problems))))

(ert-deftest completion ()
  (in-file "models/report.py" "dbt.ref(\""
    (kill-line)
    (insert "stg_o")
    (call-interactively #'completion-at-point)
    (should (equal (thing-at-point 'line t) "    note = \"😀\"; orders = dbt.ref(\"stg_orders\n"))))

(ert-deftest snippet ()
  (in-file "models/empty.py" ""
    (call-interactively #'completion-at-point)
    (should (string-match-p "dbt.config(materialized=\"table\")" (buffer-string)))
    (keys "i n c TAB o r d e r s TAB")
    (should (string-match-p "dbt.config(materialized=\"inc\")" (buffer-string)))
    (should (string-match-p "dbt.ref(\"orders\")" (buffer-string)))))

(ert-deftest hover ()
  (in-file "models/report.py" "ref(\"stg"
    (wait-for (string-match-p "One row an order" (shown)) (shown))))

(ert-deftest signature ()
  (in-file "models/report.py" "dbt.source("
    (wait-for (string-match-p "source(" (shown)) (shown))))

(ert-deftest highlight ()
  (in-file "models/report.py" "ref(\"stg"
    (wait-for (equal (mapcar (lambda (o) (buffer-substring (overlay-start o) (overlay-end o))) eglot--highlights)
                     '("stg_orders" "stg_orders"))
              eglot--highlights)))

(ert-deftest definition ()
  (in-file "models/report.py" "ref(\"stg"
    (keys "M-.")
    (should (equal (file-name-nondirectory buffer-file-name) "stg_orders.py"))
    (should (looking-at "model(dbt, session)"))))

(ert-deftest references ()
  (in-file "models/report.py" "ref(\"stg"
    (keys "M-?")
    (should (equal (places) '("last.sql:1" "models.yml:2" "report.py:3" "report.py:4" "stg_orders.py:1")))))

(ert-deftest workspace-symbols ()
  (in-file "models/report.py" ""
    (keys "C-M-. p e o p RET")
    (should (equal (places) '("models.yml:8" "people.py:1")))))

(ert-deftest outline ()
  (in-file "models/report.py" ""
    (keys "M-x imenu RET Variable RET model RET stg_orders RET")
    (should (looking-at "stg_orders\")$"))))

(ert-deftest rename-source ()
  (in-file "models/people.py" "source(\"cr"
    (keys "M-x eglot-rename RET s a l e s RET y")
    (should (string-match-p "source(\"sales\", \"people\")" (text-of "models/people.py")))
    (should (string-match-p "source('sales', 'people')" (text-of "models/everyone.sql")))
    (should (string-match-p "name: sales" (text-of "models/models.yml")))))

(ert-deftest rename-model ()
  (in-file "models/old_name.py" ""
    (keys "M-x dvt-rename-model RET n e w _ n a m e RET y")
    (should (equal (file-name-nondirectory buffer-file-name) "new_name.py"))
    (should (string-match-p "ref(\"new_name\")" (text-of "models/reader.py")))
    (should-not (file-exists-p (expand-file-name "models/old_name.py" project))))
  (in-file "models/reader.py" "ref(\"new"
    (keys "M-.")
    (should (equal (file-name-nondirectory buffer-file-name) "new_name.py"))))

(ert-deftest quick-fix ()
  (in-file "models/broken.py" "cust"
    (wait-for (problems))
    (keys "M-x eglot-code-actions RET RET")
    (should (string-match-p "dbt.ref(\"customers\")" (buffer-string)))
    (wait-for (null (problems)) (problems))))

(ert-deftest fix-all ()
  (in-file "models/called.py" "def"
    (wait-for (problems))
    (keys "C-u M-x eglot-code-actions RET source.fixAll.dvt RET")
    (should (string-match-p "if dbt.is_incremental:" (buffer-string)))
    (wait-for (null (problems)) (problems))))

(ert-deftest no-formatting ()
  (in-file "models/report.py" ""
    (should-error (call-interactively #'eglot-format-buffer))))

(ert-deftest sql ()
  (in-file "models/last.sql" "ref('stg"
    (keys "M-.")
    (should (equal (file-name-nondirectory buffer-file-name) "stg_orders.py"))))

(ert-deftest yaml ()
  (in-file "models/models.yml" "name: stg"
    (keys "M-?")
    (should (member "last.sql:1" (places)))))

(ert-deftest files-from-elsewhere ()
  (in-file "models/late.py" ""
    (wait-for (equal (problems) '(("DVT120" "outside"))) (problems))
    (should (zerop (call-process "cp" nil nil nil (expand-file-name "models/stg_orders.py" project)
                                 (expand-file-name "models/outside.py" project))))
    (wait-for (null (problems)) (problems))))

(ert-deftest run ()
  (in-file "models/stg_orders.py" ""
    (keys "M-x dvt-run RET")
    (wait-for (with-current-buffer "*Messages*"
                (save-excursion (goto-char (point-max)) (search-backward "dvt: 1 succeeded, 0 failed, 0 skipped" nil t)))
              (with-current-buffer "*Messages*" (buffer-string)))))

(defun note (line)
  (let ((inhibit-message t))
    (write-region (concat line "\n") nil (getenv "DVT_RESULTS") t 'silent)))

(ert-run-tests
 t
 (lambda (event &rest arguments)
   (when (eq event 'test-ended)
     (pcase-let ((`(,_ ,test ,result) arguments))
       (note (if (ert-test-passed-p result)
                 (format "ok %s" (ert-test-name test))
               (format "FAILED %s: %S" (ert-test-name test)
                       (if (ert-test-result-with-condition-p result)
                           (ert-test-result-with-condition-condition result)
                         result))))))))

(note (condition-case problem
          (let ((server (car (apply #'append (hash-table-values eglot--servers-by-project)))))
            (eglot-shutdown server)
            (if (jsonrpc-running-p server) "FAILED shutdown" "ok shutdown"))
        (error (format "FAILED shutdown: %S" problem))))
